# Slackでコーチの言葉のまわりに置くもの。ボタン、ホームタブ、小さなフォーム。
# コーチの言葉はここにはない。文は自由に変えてよい。名前と{かっこ}の中はそのまま。

# 画面読み上げと通知で、本文のあとに続く
slack_answers = 選択肢:
slack_between = 、
slack_answered = 回答:
slack_answered_plain = 回答済み
slack_asked_again = 下でもう一度お聞きしています。
slack_changed = その後、変更されました。今の回答は下にあります。
slack_closed = 回答なしで終わりました。問題ありません。
slack_anywhere = お話しするのは一対一の場だけです。私の名前の「メッセージ」タブでどうぞ。

slack_stranger = あるプログラムのマネージャーの方々のお相手をしています。あなたのお名前は名簿にありません。参加をご希望なら、運営者にお尋ねください: { $whom }。お書きになったことは残しません。
slack_guest = このワークスペースのメンバーの方だけがお相手なので、ここではお役に立てません。お書きになったことは残しません。

# ワークスペースに追加しようとして、できなかった管理者が読む
slack_install_title = Slackに追加する
slack_install_no_link = 追加には、運営者からのリンクが必要です。お手元のリンクは途中で切れているか、使用済みか、一週間を過ぎています。新しいリンクを運営者にお求めください。何も変わっていません。
slack_install_other = このワークスペースは、すでに別の組織のものとして登録されています。何も変わっていません。誤りであれば、運営者が直せます。

slack_command_done = 受け取りました。お返事は一対一の場にあります。
slack_command_help = /coach のあとに書ける言葉: help、pause、stop、start、show、person、wrong、zoneと都市名。ほかのことは一対一の場でどうぞ。

slack_buttons =
    .fill = 入力する
    .choose = 一つ選ぶ
    .send = 送る
    .done = 終わる
    .close = 閉じる

# 各メッセージのメニュー
slack_menu =
    .wrong = 何かおかしい
    .person = 人と話す
    .pause = 一時停止
    .change = 回答を変更
    .help = ヘルプ

# 小さなフォーム。題は24文字まで
slack_form = 数項目の入力
slack_coach_line = 一行

# メッセージのメニューから開く確認。メッセージは残さず、回答は本人が望むときだけ残す
slack_check_title = 使える水準ですか
slack_check = これをもとに動いてよい水準ですか。まずご自身の答え、それから判断を。誰にも送られません。回答を残すかどうかは、あとでお聞きします。
    .field-compared = 何と比べましたか
    .field-unsure = 自信を持てないのはどの行ですか
    .field-look = 5分だけなら、どこを見ますか
    .field-verdict = これをもとに動くなら
    .good_enough = 十分使える
    .another_pass = もう一度手を入れる
    .not_usable = 使えない
slack_check_message = メッセージ

# 市場のルールの担当者への質問
slack_owner_title = ご回答
slack_owner_question = { $market }のルールについて、担当者であるあなたへの質問です。時間がかかる場合は、そう書いていただければ結構です。
    .answer = 回答する
slack_owner_asked = 質問
slack_owner_by = { $by }までにご回答があれば、仕事が先へ進みます。
slack_owner_answer = ご回答。マネージャーはこの文をそのまま読みます。
    .field-answer = ご回答
    .field-until = いつまで有効ですか

# マネージャーのホームタブ
slack_pages =
    .record = 自分の記録
    .file = ファイル
    .evidence = 実績メモ
slack_no_page_record = 以上が、最近書かれたことです。すべてを載せたページもありますが、このサービスにはまだウェブの住所がないため、お見せできません。プログラムの運営の方が設定できます。
slack_no_page_file = このサービスにはまだウェブの住所がないため、ページもファイルもお渡しできません。プログラムの運営の方が設定できます。最近書かれたことは「記録を見る」でお伝えします。
slack_no_page_evidence = このサービスにはまだウェブの住所がないため、ページはありません。メモの一文はこちらです：{ $sentence }

slack_home_title = 今週
slack_home_nothing = 今週の仕事はまだ決まっていません。
slack_home_next = 次のご連絡: { $at }
slack_home_open = 会話に未回答の質問があります。そのままお待ちします。お答えいただければ、すぐに続きに進みます。
slack_home_open_next = 会話に未回答の質問があります。お答えいただければ、すぐに続きに進みます。お答えがない場合の次のご連絡: { $at }
slack_home_no_next = こちらからの予定はありません。お待ちしていることもありません。
slack_home_zone = タイムゾーン：{ $zone }（{ $own ->
        [yes] ご自身で伝えられたもの
       *[no] プロフィールのもの
    }）
slack_home_paused = { $until }まで一時停止中です。お待ちしていることはありません。
slack_home_stopped = 停止中です。再開されるまで、こちらからは何も送りません。
slack_home_chart = 以前とその後
slack_home_rails = 4つのルール
slack_home_no_rails = まだ確認されていません。それまでは、公開済みか架空の材料だけを使ってください。
slack_home_call = 何かおかしいと感じたら
slack_home_always = いつでも使えます
slack_home_sees = 誰に何が見えるか
slack_home_data = 自分の記録
slack_home_more_kept = ここに収まらない分があります。
slack_home_more = ここに収まらない分があります。すべては「自分の記録」のページにあります。
slack_home_actions =
    .pause = 2週間停止
    .start = 再開する
    .change = 回答を変更
    .share = これについて聞く
    .show = 見る
    .export = 書き出す
    .forget = 記録を消す

# コーチのホームタブと週ごとのお知らせ
slack_coach_title = 担当のマネージャー
slack_coach_needs = 人の助けを待っている方
slack_coach_nobody = 今、人の助けを求めている方はいません。
slack_coach_since = { $why } · { $since }から
slack_coach_due = { $why } · { $since }から · 回答期限 { $due }
slack_coach_better = 良くなったこと
slack_coach_no_better = 明らかに良くなったと言える仕事は、まだありません。
slack_coach_waits = 待っていること
slack_coach_no_waits = 待っていることはありません。
slack_coach_summaries = 送られた要約
slack_coach_no_summaries = まだ要約は送られていません。沈黙は何かのしるしではありません。
slack_coach_sent = { $person } · { $at }
slack_coach_more = ほかに{ $n }件あります。「/coach」ですべて見られます。
slack_coach_actions =
    .acknowledge = 引き受けます
    .read = 読みました
    .write = 一行書く
    .pause = ボットを止める
    .start = ボットを再開
slack_digest_title = { $until }までの一週間
slack_digest_quiet = 静かな一週間でした。お願いすることはありません。
slack_write_to = { $person }さんへの一行です。週に三通までの連絡の一つに数えます。
    .field-line = 一行
