# 考え直し、異議、異動:仕事のほかに伝えられることと、そのときにお聞きすること。

which_answer = どの回答をもう一度お聞きしましょうか。
    .earlier = もっと前の回答
    .earlier_number = 前の数字
    .none_of_these = どれでもない
which_earlier_number = どの数字を訂正しましょうか。
    .earlier = もっと前の数字
    .none_of_these = どれでもない
# 終わった週の数字と、最初の本番より前の値。ボタンに出る形。
number_of_week = 第{ $n }週：{ $value }
number_before = 以前{ $n }：{ $value }
right_number = { $which }。正しくはいくつですか(単位：{ $unit })。
same_number = すでに{ $value }になっています。何も変わっていません。
number_changed = 変更：{ $old } → { $new }。これでよいですか。
    .yes = これでよい
    .no = 元に戻す
number_put_right = 訂正しました。元の数字は、置き換えられたものとして記録に残ります。
old_number_seen = 元の数字は、お送りになったまとめで{ $coach }さんが見ています。訂正したまとめは、ご自身が送る場合だけ届きます。
summary_again = 第{ $week }週のまとめは、いま次の内容です。送ると、訂正済みとして{ $coach }さんに届きます。
    { $lines }
    .send = 送信する
    .change = 直す
    .leave = このままにする
summary_sent_again = 訂正済みとして、{ $coach }さんに送りました。
summary_stays = 送っていません。{ $coach }さんの手元には、前に送ったものが残ります。
which_language = どちらの言語でも続けられます。どちらにしますか。
fair = ごもっともです。どれに近いですか。
    .confusing = 分かりにくい
    .too_vague = 漠然としている
    .not_allowed = 許されていない
    .just_no = やりたくない
in_one_line = 一言で言うと、困っている仕事を一つ選び、毎週一歩だけ試し、良くなったかどうかは数字で確かめます。分からない点は{ $coach }さんに聞けます。
less_vague = では小さくしましょう。先週の実例を一つ、その中の一つの手順だけで十分です。次の回答はそれだけで構いません。
not_allowed = それはあなたが解決することではありません。お名前も仕事の内容も出さずに、スポンサーへの質問として伝えましょうか。
    .ask_for_me = 伝えてほしい
    .leave_it = そのままでよい
permission_route = { $market }のマネージャーは少ないため、質問からあなただと分かるかもしれません。どのように伝えますか。
    .without_my_name = 名前を出さずに
    .only_my_coach = コーチだけに
    .dont = 伝えない
permission_asked = お名前を出さずに伝えました。回答があるまでは、今できる範囲のことだけにしてください。
permission_noted = ここからスポンサーへは問い合わせられません。お名前を出さず、未解決の件として控えました。答えが出るまでは、今できることだけにしてください。
permission_with_coach = 質問としてコーチに伝えました。回答があるまでは、今できる範囲のことだけにしてください。
permission_not_asked = 伝えていません。今できる範囲のことだけにしてください。
left_as_it_is = そのままにします。
new_role = 教えてくださりありがとうございます。{ $work }はどうしますか。考えたことや書いたことは、あなたのものです。
    .close_it = 終了する
    .take_a_note = 記録を持っていく
    .go_on = 続ける
new_role_begin = 教えてくださりありがとうございます。失われるものはまだありません。新しい役割の仕事から始めましょうか。
    .new_work = 始める
    .not_now = 今はしない
closed_for_new_role = このまま終了しました。事実は記録に残ります。新しい役割で、新しい仕事を始めますか。
    .new_work = 始める
    .not_now = 今はしない

away = { $until }まで、こちらからは何もお送りしません。たまるものもありません。{ $back }に改めてお聞きします。
    .right = それでよい
    .other_date = 別の日
away_sick = お大事に。{ $until }まで、こちらからは何もお送りしません。たまるものもありません。{ $back }に改めてお聞きします。
    .right = それでよい
    .other_date = 別の日
away_until = いつまでご不在ですか。日付か日数でお答えください。
    .dont_know_yet = まだ分からない
away_impossible = その日は過ぎているか、存在しません。いつまでご不在ですか。
    .dont_know_yet = まだ分からない
away_which = ご不在の最後の日はどれですか。
    .other_date = 別の日

# メッセージや下書きの確認のあと
check_keep = 先ほどのメッセージについてのご自身の回答を、記録に残しますか。メッセージ自体は残しません。{ $answers }
    .keep_it = 残す
    .leave_it = 残さない
check_kept = 記録に残しました。ほかの方には見えません。
check_left = 残しませんでした。

# プロフィールとは別のタイムゾーン
zone_right = { $zone }：現地は今{ $day } { $time }です。プロフィールにかかわらず、これからはこの時間に合わせますか。
    .yes = はい
    .other_place = 別の場所
    .leave_it = このままにする
zone_where = その場所が分かりません。近くの大きな都市か、国の名前をお書きください。
    .leave_it = このままにする
zone_other = どの都市、またはどの国にいらっしゃいますか。
    .leave_it = このままにする
zone_many = そこにはタイムゾーンがいくつもあります。いちばん近い大きな都市はどこですか。
    .leave_it = このままにする
zone_which = そこにはタイムゾーンがいくつかあります。どれですか。
    .other_place = 別の場所
zone_kept = これからは{ $zone }に合わせます。「プロフィールのタイムゾーンに戻して」で元に戻ります。
zone_left = そのままにしました。
zone_already = すでにその時間に合わせています：{ $zone }、現地は今{ $day } { $time }です。
zone_follows = プロフィールのタイムゾーンに戻しました：{ $zone }、現地は今{ $day } { $time }です。
zone_follows_already = すでにプロフィールに合わせています：{ $zone }、現地は今{ $day } { $time }です。
