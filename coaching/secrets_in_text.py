"""Keys and passwords in what somebody writes: by the form their issuer gave them, or by the word beside them.

A form is proof enough (``ghp_…``, a private key's lines). After a word like "password" only what looks like
one goes, for "the password is expired" is no secret.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex  # type: ignore[import-untyped] # publishes no types

from coaching.private_numbers import Kind

# What is written where by whom: each form is published by its issuer so that scanners can know it.
_KEYS = regex.compile(
    r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[^-]|-(?!----)){0,6000}+"
    r"(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?"
    r"|(?<![A-Za-z0-9])(?:"
    r"sk-[A-Za-z0-9_-]{20,200}|(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{16,200}|whsec_[A-Za-z0-9+/=]{20,100}"
    r"|xox[abeoprs]-[A-Za-z0-9-]{10,250}|xapp-[A-Za-z0-9-]{10,250}"
    r"|gh[opsur]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255}|glpat-[A-Za-z0-9_-]{20,100}"
    r"|(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{35}|ya29\.[A-Za-z0-9_-]{20,300}"
    r"|SG\.[A-Za-z0-9_-]{16,40}\.[A-Za-z0-9_-]{30,80}|hf_[A-Za-z0-9]{30,60}|npm_[A-Za-z0-9]{36}"
    r"|eyJ[A-Za-z0-9_-]{10,2000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,1000}"
    r")(?![A-Za-z0-9])"
    r"|(?<=hooks\.slack\.com/(?:services|workflows)/)[A-Za-z0-9/]{20,120}"
    r"|(?<=://[^\s:/@]{1,80}:)(?!\[)[^\s@/]{3,120}(?=@[A-Za-z0-9])"
    r"|(?<=[?&;](?:sig|token|access_token|api_key|apikey|key|sharedaccesskey|accountkey)=)[A-Za-z0-9%+/=_.~-]{16,400}",
    regex.IGNORECASE,
)
_WORD_FOR_KEY = (
    r"api[ _-]?keys?|secret[ _-]?keys?|access[ _-]?keys?|client[ _-]?secret|auth[ _-]?tokens?|"
    r"access[ _-]?tokens?|bearer|bot[ _-]?tokens?|tokens?|secret|private[ _-]?key|"
    r"密钥|金鑰|令牌|秘密鍵|アクセスキー|APIキー|API키|토큰|トークン"
)
_NAMED_KEY = regex.compile(
    rf"(?<![A-Za-z])(?:{_WORD_FOR_KEY})(?![A-Za-z])[\"'`]?(?: (?:for|of|to) [^\n:=]{{1,40}})?"
    r"(?: is| are|は|是| adalah|[ ]?[:=]|->)?[\s\"'`「:=]{0,4}(?P<value>[A-Za-z0-9_\-./+=~]{16,500})",
    regex.IGNORECASE,
)
_SAYS_IT_IS_ONE = (
    r"(?<![A-Za-z])(?:pass ?words?|passwd|pass ?phrase|pass ?code|pwd|p/w|pw|kata ?sandi|sandi|kata ?laluan|"
    r"mat ?khau|mk|password nya|passwordnya)(?![A-Za-z])|"
    r"mật khẩu|パスワード|パスコード|暗証番号|密码|密碼|口令|비밀번호|비번|"
    r"패스워드|รหัสผ่าน|พาสเวิร์ด|पासवर्ड"
)
_PASSWORD = regex.compile(
    rf"(?:{_SAYS_IT_IS_ONE})[\"'`]?(?P<for> ?(?:(?:for|to|of|on|untuk|utk|của|ke) [^\n:=]{{1,40}}?))?"
    r"(?P<sep>[ ]?(?:[:=]+|-+>|→)[ ]?|[ ]?(?:is now|is|was|adalah|ialah|la|là|は|が|是|為|为|คือ|है|은|는|"
    r"이|가)[ :]{0,2}|(?(for)(?!)|[ ]))(?:[ ]?(?:still|now|changed to|ab|अब)[ ])?[\"'`“‘「『<(]?"
    r"(?P<value>[!#-&*-+\--:=?-Z\\^_a-z{|}~]{4,128})(?P<rest>[^\n]{0,2})",
    regex.IGNORECASE,
)
_NOT_ONE = regex.compile(
    r"\d+[- ]?(?:char|characters|digit|day|days|min|minutes|hours?|times?|x|ス|文字|位|日|字|回|桁|자|일).*|"
    r"\d{1,2}[/.-]\d{1,2}([/.-]\d{2,4})?|(?:reset|expired?|required|unknown|none|forgotten|missing|wrong|incorrect|"
    r"changed|needed|pending|protected|please|same|n/?a|policy|manager|https?:.*|www\..*|\S+@\S+\.\S+)",
    regex.IGNORECASE,
)


def find_secrets(text: str) -> Iterator[tuple[int, int, Kind]]:
    """Where keys and passwords stand in ``text``: from, to, which of the two."""
    for match in _KEYS.finditer(text):
        yield (*match.span(), Kind.KEY)
    for match in _NAMED_KEY.finditer(text):
        value = match["value"]
        if regex.search(r"\d", value) and regex.search(r"[A-Za-z]", value):
            yield (*match.span("value"), Kind.KEY)
    for match in _PASSWORD.finditer(text):
        start = match.start("value")
        value = match["value"].rstrip(".?:")
        if len(value) > 3 and _could_be_one(value, match["sep"].strip(), match["rest"]):
            yield start, start + len(value), Kind.PASSWORD


def _could_be_one(value: str, separator: str, rest: str) -> bool:
    """Whether ``value`` looks like a password, or stands where only one can stand."""
    if _NOT_ONE.fullmatch(value):
        return False
    has_digit = bool(regex.search(r"\d", value))
    has_sign = bool(regex.search(r"[^\w\s.-]", value))
    if not separator:  # "pw hunter2"; "password policy v2" is none
        return has_digit and (has_sign or bool(regex.search(r"[A-Za-z]{2}", value))) and len(value) > 5
    if has_digit or has_sign or bool(regex.search(r"[a-z][A-Z]", value)):
        return True
    return separator[0] in ":=-→" and not rest.strip()
