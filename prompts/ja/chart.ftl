# 仕事の数字の図：図に載せる言葉と、図を見なくても同じことがわかる文章。スマートフォンで読むので短く。モデルは触れない。

chart_title = { $measure }
chart_lower = { $unit }・低いほど良い
chart_higher = { $unit }・高いほど良い
chart_value = { $value }
chart_aim = 目標 { $value }
chart_bar = 基準 { $value }
chart_mean = 平均 { $value }
chart_limit = 限界 { $value }
chart_practice = 白抜きの丸は練習で、数えません。
chart_range = 幅のある値は、印のある端で数えます。
chart_limits_need = { $n ->
        [0] 限界線を引くには以前の値が10件必要です。まだ1件もありません。
       *[other] 限界線を引くには以前の値が10件必要です。今は{ $n }件です。
    }
chart_limits_from = 限界線：以前の値{ $n }件の平均から上下に、隣り合う値の差の平均の2.66倍。
chart_partial = 共有されたものだけを示しています。
chart_no_letters = ここには{ $language }の文字がないため、図は英語で示します。

ChartPart =
    .before = 以前
    .since = その後
    .practice = 練習
    .counted = 数える週
    .week = 週

# 各週の内容。週の番号の下に載る短い言葉。
ChartWeek =
    .t1 = 試行
    .t2 = 並行
    .t3 = 本番
    .t4 = 中間
    .t5 = 再設計
    .t6 = 引き渡し
    .t7 = 反論
    .t8 = 決定

# 文章。文は続けて読まれる。
chart_alt = { $measure }の図：{ $unit }、低いほど良い。
chart_alt_higher = { $measure }の図：{ $unit }、高いほど良い。
chart_alt_before = 以前：{ $values }。
chart_alt_none = 以前：値なし。
chart_alt_week = 第{ $week }週：{ $value }。
chart_alt_week_about = 第{ $week }週（{ $about }）：{ $value }。
chart_alt_practice = 第{ $week }週：{ $value }、練習。
chart_alt_practice_about = 第{ $week }週（{ $about }）：{ $value }、練習。
chart_alt_no_reading = 第{ $week }週（{ $about }）：値なし。
chart_alt_aim = 目標：{ $value }。
chart_alt_limits = 限界線：{ $lower }と{ $upper }、平均{ $mean }。
chart_alt_limit = 上の限界線：{ $upper }、平均{ $mean }。下の限界線はありません。
chart_alt_label = 公開されたルールによる結果：{ $label }。
chart_says = { $says }{ $because }
