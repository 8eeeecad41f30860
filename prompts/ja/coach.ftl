# 管理職のまわりの方（コーチ、ルールの担当者、相談先）に届く文と、その方々から本人に届く文。

care_person = { $person }さんが、人と話すことを希望しています。用件はありません。連絡先：{ $reach }
care_person_topic = { $person }さんが、人と話すことを希望しています。用件：{ $topic }。連絡先：{ $reach }
care_wrong = { $person }さんの{ $work }で問題がありました：{ $kind }。確認が済むまで、この仕事は止めてあります。相談先は本人に伝えてあります。
care_wrong_bare = { $person }さんの仕事で問題がありました：{ $kind }。確認が済むまで、この仕事は止めてあります。相談先は本人に伝えてあります。
care_quiet = { $person }さん：3週間、返事がありません。こちらからの連絡は止めました。理由はわかりません。声をかけるかどうかはお任せします。
care_danger = { $person }さんが危険な状態かもしれません。当番と控えの方に、どちらかが引き受けるまで繰り返し知らせます。ボタンを押しても知らせは止まらず、読んだことだけを記録します。本人の言葉は伝えません。
care_danger_unreached = { $person }さんが危険な状態かもしれません。当番にも控えの方にも、まだ知らせが届いていません。引き続き試します。すぐに誰かが本人に連絡できるよう、お願いします。連絡先：{ $reach }。本人の言葉は伝えません。
care_danger_yours = { $person }さんが危険な状態かもしれません。当番または控えはあなたです。今すぐ、ご自身で連絡してください：{ $reach }。誰かが引き受けるまで、もう一人の方にも繰り返し知らせます。本人の言葉は伝えません。
care_danger_taken = { $person }さんが危険な状態かもしれません。当番か控えの方が引き受けています。本人の言葉は伝えません。
care_asked = { $person }さんから、同意のうえでの質問です：{ $what }
care_message_contact = { $person }さんからの依頼です。{ $work }で問題がありました：{ $kind }。お電話をお願いします：{ $reach }。内容は伝えません。
care_message_contact_bare = { $person }さんからの依頼です。問題がありました：{ $kind }。お電話をお願いします：{ $reach }。内容は伝えません。
care_connect = { $person }さんが、お話しすることを希望しています。書かれた内容も用件も伝えません。連絡先：{ $reach }
care_passed_on = { $owner }さんの担当している件が、期限を過ぎています。引き受けているか、誰が引き受けるか、ご本人に確認をお願いします。誰の件かは伝えません。
care_why = { $sign }
care_actions =
    .acknowledge = 引き受けました
    .read = 読みました
    .write = 一言書く
    .pause = 連絡を休止する
    .start = 再開する

Sign =
    .person = 人と話したい
    .wrong = 問題がありました
    .quiet = 3週間返事なし
    .danger = 危険
    .asked = あなたへの質問
WhatWrong =
    .went_out_unchecked = 確認せずに外へ出た
    .data_in_wrong_place = データが誤った場所にある
    .wrong_number_shown = 誤った数字が示された
AskedAbout =
    .rails = 担当する市場のルールが足りない
    .tool = 承認済みのツールを使わなかった理由

owner_asked_rail = { $market }の{ $rail }について、何が決まっていますか。決まるまで、そこの管理職の方は練習しかできません。
owner_asked_permission = { $market }の管理職の方は、このための時間を取り、仕事で試してよいですか。

waits_alert = { $person }さんが危険な状態かもしれませんが、まだ誰も引き受けていません。今すぐ、ご自身で連絡してください：{ $reach }。
better_work = { $person }さん、{ $work }：{ $label }
better_some = { $person }さん：{ $label }

coach_line = { $coach }さんより：{ $text }
# 別の言語で読む人へ。二行目はコーチ自身は読んでいない。
coach_line_translated =
    { $coach }さんより：{ $text }
    機械による翻訳：{ $translated }
coach_paused = { $coach }さんの依頼で、{ $until }まで連絡を休みます。お待ちしている件はありません。「再開」と書けば、いつでも戻せます。
owner_answered = { $rail }について、{ $owner }さんの回答：{ $text }
owner_answered_until = { $rail }について、{ $owner }さんの回答（{ $until }まで有効）：{ $text }

around_taken = 承りました。担当として記録しました。
around_danger_read = 読んだことを記録しました。当番か控えの方が引き受けるまで、知らせは続きます。
around_danger_taken = 承りました。当番か控えの方が引き受けています。
around_paused = 承りました。これから2週間、こちらからの連絡を休みます。本人はいつでも再開できます。
around_goes_on = 承りました。続けます。
around_line_kept = 書かれたとおりに預かりました。送れるときに届きます（1日1通、週3通まで、不在の方には送りません）。待てない場合は、直接ご連絡ください。
around_answer_kept = ありがとうございます。質問した方に、書かれたとおりに届きます。
around_answered_already = その質問には、もう回答があります。
around_not_yours = 担当の件ではないか、もう終わっています。何も変わりません。
around_unknown = これは管理職の方のためのコーチです。名簿にお名前がないため、何も保存しません。運営の担当者に追加を依頼できます。

# 管理職の方のホームタブ。
home_assignment = { $due }まで：{ $work }のうち、{ $item }で、AIの役割は{ $part }です。
    よい = { $good }
    確認に{ $stop }分を超えてかかるなら、そこでやめる。
home_rail_data = データ：{ $inside }。使わないもの：{ $outside }。
home_rail_tool = ツール：{ $tool }
home_rail_checkpoint = 確認する人：{ $checkpoint }
home_rail_contact = 相談先：{ $first }、次に{ $backup }
home_summary = { $line }
