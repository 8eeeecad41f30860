# 決まった選択肢の言い方。文の中でもボタンでも使うので、ボタンの長さに収める。長いものは、それを使う会話のファイルに書く。

Shape =
    .time = 時間が取られる
    .quality = 品質にばらつきがある
    .decision = 判断待ちになる
    .handoff = 引き継ぎで滞る
    .else = その他・わからない

StakeKind =
    .money = お金
    .customer = お客様
    .risk = リスク
    .delay = 遅れ

Balancing =
    .errors = ミス
    .customer_trust = お客様の信頼
    .compliance = コンプライアンス
    .team_load = チームの負担
    .else = その他

Grade =
    .looked_up = 記録で確認
    .counted = 実際に数えた
    .memory = 記憶による

Function =
    .sales = 営業
    .marketing = マーケティング
    .finance = 財務・経理
    .operations = オペレーション
    .hr = 人事
    .supply_chain = サプライチェーン
    .legal = 法務
    .support = カスタマーサポート
    .product = プロダクト
    .procurement = 調達・購買

Market =
    .SG = シンガポール
    .IN = インド
    .ID = インドネシア
    .AU = オーストラリア
    .JP = 日本
    .MY = マレーシア
    .TH = タイ
    .VN = ベトナム
    .PH = フィリピン
    .HK = 香港
    .KR = 韓国
    .NZ = ニュージーランド
    .TW = 台湾
    .CN = 中国

Language =
    .en = 英語
    .ja = 日本語

# 業務の数字について、公開されたルールが示す結果。人についての評価ではない。
Label =
    .cannot_say = 判断できません
    .too_soon = 判断はまだ早い
    .no_clear_change = 明確な変化なし
    .early_sign = 改善の兆し
    .looks_worse = 悪化の可能性
    .worse = 悪化
    .not_held = 改善が続かず
    .better_but_side_effect = 改善・副作用あり
    .better_but_other_change = 改善・他の変化あり
    .demonstrably_better = 改善を確認

Likelihood =
    .p90 = 90%
    .p70 = 70%
    .p50 = 50%
    .p30 = 30%
    .p10 = 10%

Output =
    .good_enough = 十分使える
    .another_pass = 手直しが必要
    .not_usable = 使えない

Decision =
    .go_on = 続ける
    .change = やり方を変える
    .stop = やめる
    .stop_here = ここでやめる
    .change_one = 一つだけ変える
    .one_more = もう一度試す
    .keep = このまま続ける
    .keep_with_changes = 変えて続ける

# 指標。番号は一覧のもの。
Measure =
    .M01 = 所要時間
    .M02 = 気づきから対応まで
    .M03 = 意思決定の時間
    .M04 = 引き継ぎの待ち
    .M05 = 初回返答の時間
    .M06 = 解決までの時間
    .M07 = レビューの回数
    .M08 = 作業時間
    .M09 = 期限超過の残件
    .M10 = 期限内の割合
    .M11 = 週の完了件数
    .M12 = 遅れた件数
    .M13 = 締めまでの日数
    .M14 = ミスの割合
    .M15 = やり直しの割合
    .M16 = 一度で通る割合
    .M17 = 外に出たミス
    .M18 = 苦情・返品
    .M19 = 不備のある受付
    .M20 = 評価者の差
    .M21 = 再対応の割合
    .M22 = 監査の指摘
    .M23 = 予測の誤差
    .M24 = 差異の早期発見
    .M25 = 早めの警告
    .M26 = 空振りの割合
    .M27 = 重点先の成約率
    .M28 = 引き渡しの採用率
    .M29 = 見積もりの日数
    .M30 = 停滞案件
    .M31 = 反応率
    .M32 = 漏れの回収額
    .M33 = 未回収額
    .M34 = 欠品の割合
    .M35 = 無駄な費用
    .M36 = 候補決定の日数
    .M37 = 修正なしの割合
    .M38 = 確認のやり取り
    .M39 = 提案の実行率
    .M40 = 上申の件数
    .M41 = 決定までの会議
    .M42 = 工程の評価点
    .M43 = AIにかけた手間(分)
    .M44 = 使えるまでの回数
    .M45 = 外に出たAIのミス

# 数を伴わない単位。数を伴うものは units.ftl。
Unit =
    .minutes = 分
    .hours = 時間
    .days = 日
    .working_days = 営業日
    .weeks = 週間
    .count = 数
    .items = 件数
    .rounds = 回数
    .runs = 試行回数
    .messages = メッセージ数
    .meetings = 会議の回数
    .percent = パーセント
    .per_hundred = 100件あたり
    .points = 点数
    .money = 金額
    .errors = ミスの件数

# 判断力の内訳。言葉とともに見えたか、まだ見えていないかだけを示す。
Dimension =
    .j1 = AIを使う場面
    .j2 = もっともらしさと質
    .j3 = 確認の手間
    .j4 = 懐疑派への説明
    .j5 = リスクと相談先
    .j6 = 再設計か置き換えか

Went =
    .gone = なくなった
    .to_me = 自分に来た
    .to_someone_else = ほかの人に移った
    .to_later = 後に回った
SummaryPart =
    .stake = 仕事と影響
    .tried = 試したこと
    .number = 数字
    .changed = 変わったこと
    .obstacle = 妨げになったこと
    .minding = AIにかけた手間
    .output = AIの出力
    .decision = 決めたこと
    .evidence = 判断
    .open = まだ見えないこと
    .rails = ルールと印
SummaryTopic =
    .number = 今週の数字
    .minding = AIにかけた手間
    .output = AIの出力
    .balancing = 悪くなってはいけないこと
    .other = ほかの原因
SummaryFlag =
    .none = なし
    .person = 人との話を希望
    .wrong = 気になることがあった

Detail =
    .market = 国・地域
    .function = 部門
    .language = 言語
    .working_days = 勤務日

Page =
    .record = 「自分の記録」のページ
    .file = 同じページのファイル
    .evidence = 「記録のまとめ」のページ
