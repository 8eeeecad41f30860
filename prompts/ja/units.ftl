# 数と単位。$n は読み手の書き方に整えた数で、ほかの数字より前に置く。

unit-minutes = { $n }分
unit-hours = { $n }時間
unit-days = { $n }日
unit-working_days = { $n }営業日
unit-weeks = { $n }週間
unit-count = { $n }
unit-items = { $n }件
unit-rounds = { $n }回
unit-messages = メッセージ{ $n }件
unit-percent = { $n }%
unit-points = { $n }ポイント
# 通貨は記録しない。本人が数えている通貨とする。
unit-money = { $n }
unit-errors = ミス{ $n }件
unit-meetings = 会議{ $n }回
unit-runs = { $n }回
unit-per_hundred = 100件中{ $n }件

# 数や曜日の範囲
range = { $low }〜{ $high }
