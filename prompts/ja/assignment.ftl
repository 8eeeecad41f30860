# 最初の取り組み。一つの仕事、一つの対象、出来を見分ける基準を一つ。

room = 今週、30分ほど取れそうですか。
    .yes = 取れる
    .tight = 厳しい
    .no = 取れない
which_draft = { $work }：下書きから始めても、ご自身で組み立てても構いません。まだ何も決まりません。次にカードをお見せします。
    { $drafts }
    .own = 自分で組み立てる
draft_n = { $n }. { $item }：AIに{ $part }を任せる。合格の目安は、{ $good }
nth_draft = 下書き{ $n }
ai_part = AIに下準備を任せるとしたら、{ $work }のどの部分ですか。結果をどう使うかは、ご自身が決めます。
item = { $theme }どれにしますか。取引先一社、資料一つ、一回分など、一つだけお選びください。
item_again = 「{ $item }」は一つに絞れていないようです。一つだけ選ぶとしたら、どれですか。
good = { $item }の出来が十分かどうか、ほかの人は何を見ればわかりますか。
good_again = 「{ $good }」は、出来上がったものからは判断しにくそうです。手元に何ができていて、その中の何が正しければよいですか。
stop_if = 確認に何分かかったら打ち切りますか。
    .default = 20分
change_what = どれを変えますか。
    .item = 対象
    .good = 十分とする基準
    .part = AIに任せる部分
    .stop_if = 打ち切りの目安
mend_first = その前に一点。{ $criterion }
assignment_card = { $due }まで：{ $work }({ $item })で、AIに{ $part }を任せる。使うもの：{ $tool }。いつもの仕事の代わりで、上乗せではありません。
    完了した案件での練習です。手元から外には何も出ません。
    十分とする基準：{ $good }
    { $measure }：{ $before } → { $aim }
    大事な理由：{ $stake }
    AIが弱そうなところ：{ $weak }
    打ち切りの目安：確認に{ $stop }分
    .take_it = これで進める
    .change = 変更する
    .not_this_one = これではない
assignment_card_masked = { $due }まで：{ $work }({ $item })で、AIに{ $part }を任せる。使うもの：{ $tool }。いつもの仕事の代わりで、上乗せではありません。
    完了した案件での練習です。手元から外には何も出ません。
    { $mask }
    十分とする基準：{ $good }
    { $measure }：{ $before } → { $aim }
    大事な理由：{ $stake }
    AIが弱そうなところ：{ $weak }
    打ち切りの目安：確認に{ $stop }分
    .take_it = これで進める
    .change = 変更する
    .not_this_one = これではない
plan_when = 予定表のどこで行いますか。例：火曜の定例のあと。
midweek_wish = ご自身の計画：{ $when }、AIに{ $part }を任せる。週の半ばに一度、様子をお聞きしましょうか。
    .ask_me = 聞いてほしい
    .no_need = 不要
start_done = これで準備は終わりです。第1週は{ $at }に始まります。「何かおかしい」「人と話す」「一時停止」「停止」は、いつでも使えます。
