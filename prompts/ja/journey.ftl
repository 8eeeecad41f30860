# 旅の決まった一覧の言い方：状態、妨げ、まだ決まっていないこと。

Because =
    .none = { "" }
    .not_the_same_thing = 以前とは測り方が違います。
    .no_before = 以前の値がまだありません。
    .no_after = 数に入れた値がまだありません。
    .too_few_before = 以前の値が3つに足りません。
    .too_few_after = その後の値が3つに足りません。
    .sample_too_small = 数字のもとになる件数が足りません。
    .effect_too_small = 変化はわずかです。
    .overlap = 以前より良くなっていない値が一つあります。
    .memory_only = 記憶による数字です。
    .one_week = すべて同じ週の値です。
    .corrected = 訂正された値があります。あと3つでわかります。
    .was_corrected = 訂正された値があります。
    .side_effects_unknown = 副作用があるかどうかは、わかっていません。
    .other_changes_unknown = ほかに変わったことがあるかどうかは、わかっていません。

Checkpoint =
    .stays_on_desk = 不要(AIの出力は手元に留めます)
    .stays_with_me = ご自身

Counting =
    .before = 集計中
    .since = まだなし
    .aim = 集計後に決定

Criterion =
    .q1_specific = 対象がまだ一つに絞れていません。一つだけ選ぶとしたら、どれですか。
    .q2_within_a_week = 1週間では収まりません。どこを削れますか。
    .q3_stake = 気づく人がいなさそうです。これに何がかかっていますか。
    .q4_evaluable = ほかの人には判断できません。手元に何ができますか。
    .q5_checkpoint = 外に出る前に見る人が決まっていません。どなたが見ますか。
    .q6_measure = 数字がまだありません。
    .q7_deadline = 期日を過ぎています。
    .q8_inside_rails = 承認済みのツールがまだありません。
    .q9_instead = 上乗せの仕事になっています。何の代わりにしますか。
    .q10_worth_stopping = 打ち切りの目安がまだありません。

Expected =
    .unsaid = { "" }
    .p90 = 事前の見込みは90%でした。
    .p70 = 事前の見込みは70%でした。
    .p50 = 事前の見込みは50%でした。
    .p30 = 事前の見込みは30%でした。
    .p10 = 事前の見込みは10%でした。

Obstacle =
    .no_time = 時間がない
    .unclear = 内容がはっきりしない
    .not_allowed = 許可がない
    .not_worth_it = 割に合わない

ThemeItem =
    .invented = 公開情報か架空の資料だけを使います。
    .t1 = 結果のわかっている、完了した案件を使います。
    .t2 = 進行中の案件を一つ、いつものやり方でも行います。
    .t3 = 本番の案件を一つ扱います。
    .t4 = 次の案件に進みます。
    .t5 = 工程を一つ減らして、案件を一つ扱います。
    .t6 = 同僚の方にお願いする案件を一つ選びます。
    .t7 = 人に見せる案件を一つ選びます。
    .t8 = もう一つ、案件を扱います。

Tool =
    .invented = 公開情報か架空の資料のみ

Worth =
    .worth_it = 価値があった
    .waste = 無駄だった
    .mixed = どちらとも言えない
    .unsaid = 価値は未回答

# 「次は…、{ $at }です」の中で使う。
Next =
    .sitting_b = 2回目の話し合い
    .story_time = お話の続き
    .looked_up_by = 3回分の値の確認
    .two_weeks_over = 一度だけのお尋ね
    .formula_day = 式の確認
    .reminder_due = 一度だけのご案内
    .midweek_time = 週の半ばの一言
    .check_in_time = 週の振り返り
    .day_after = ご様子の確認

# 公開している判定の決まりを一文で。数字が示す以上のことは言わない。
Says =
    .cannot_say = これだけでは何とも言えません。
    .too_soon = 判断するにはまだ早い段階です。
    .no_clear_change = はっきりした変化はありません。それも役に立つ結果です。
    .early_sign = 良くなっているようですが、まだ確かではありません。
    .looks_worse = 直近の2回は、以前のいちばん悪い値を下回る出来でした。
    .worse = 決まりに照らして、悪くなったと言えます。
    .not_held = 一度は良くなりましたが、元に戻りました。
    .better_but_side_effect = 良くなりましたが、別のところが悪くなりました。全体として良くなったとは言えません。
    .better_but_other_change = 良くなりましたが、ほかにも変わったことがあるため、AIの効果とは言えません。
    .demonstrably_better = 判定に使う値がすべて以前の基準を上回り、ほかに変わったことも悪くなったこともありません。はっきり良くなったと言えます。
