# 決定から4週間後。

hold_number = あれから4週間です。{ $work }の直近の{ $measure }は、いくつでしたか(単位：{ $unit })。
    .no_number = 数字はない
hold_no_number = 承知しました。前回の判定を、日付とともにそのまま残します。
