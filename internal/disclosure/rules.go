package disclosure

import (
	"regexp"
	"slices"
	"strings"
)

// rules are all that is looked for.
var rules = []func(text) []Mark{
	func(t text) []Mark { return t.matches(email, Email, ByShape) },
	func(t text) []Mark { return t.matches(plate, Plate, ByShape) },
	func(t text) []Mark { return t.matches(certificate, Certificate, ByWord) },
	func(t text) []Mark { return t.matches(passport, Certificate, ByShape) },
	func(t text) []Mark { return t.matches(account, Account, ByWord) },
	func(t text) []Mark { return t.matches(birth, Birth, ByWord) },
	func(t text) []Mark { return t.matches(chineseDigits, Number, ByLength) },
	caseNumbers, codes, digits, doors, estates, shops, titled, labelled, fullNames,
}

var (
	email       = regexp.MustCompile(`[A-Za-z0-9._%+-]+ ?@ ?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`)
	plate       = regexp.MustCompile(`[京津沪滬渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊使领領][ ]?[A-Za-z][ ·.-]?(?:[A-Za-z0-9]{4,6}[挂掛学學警港澳领領]?)`)
	certificate = regexp.MustCompile(`(?i)(?:执法证|執法證|证件|證件|证号|證號|证书|證書|护照|護照|通行证|通行證|许可证|許可證|执照|執照|工号|工號|警号|警號|编号|編號|号码|號碼)(?:号|號)?(?:码|碼)?[为為是:： ]{0,2}(?P<it>[A-Za-z0-9][A-Za-z0-9-]{3,})`)
	passport    = regexp.MustCompile(`(?:\b[A-Z]{1,2}[0-9]{6}\([0-9A]\)|\b[A-Z][0-9]{8,10}\b)`)
	account     = regexp.MustCompile(`(?i)(?:微信号|微信號|微信|QQ|抖音|支付宝|支付寶|wechat|whatsapp)(?:号|號|账号|賬號)?[为為是:： ]{0,2}(?P<it>[A-Za-z0-9_+-]{5,})`)
	caseNumber  = regexp.MustCompile(`[\p{Han}A-Za-z]{0,12}?[〔\[(［][12][0-9]{3}[〕\])］] ?(?:第)?[0-9]{1,6} ?[号號]`)
	birth       = regexp.MustCompile(`[12][0-9]{3} ?年 ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?[日号號])?(?:出)?生`)
	// Digits written in characters, as telephone numbers sometimes are.
	chineseDigits = regexp.MustCompile(`[〇零一二三四五六七八九]{7,}`)
	codeRun       = regexp.MustCompile(`[0-9A-Za-z]{18}`)
	digitRun      = regexp.MustCompile(`\+?[0-9](?:[ .·-]?[0-9]){5,}[Xx]?`)
)

// caseNumbers finds numbers of cases and papers, with the short name of the organ before the year.
func caseNumbers(t text) []Mark {
	var out []Mark
	t.each(caseNumber, func(from, to int) {
		name := string(t.runes[from:to])
		if i := strings.LastIndexAny(name, "书書的为為是见見据據"); i >= 0 {
			from += len([]rune(name[:i])) + 1
		}
		out = append(out, t.mark(CaseNumber, ByShape, from, to))
	})
	return out
}

// codes finds unified social credit codes, 18 digits and letters (GB 32100), right or mistyped.
func codes(t text) []Mark {
	var out []Mark
	t.each(codeRun, func(from, to int) {
		s := strings.ToUpper(string(t.runes[from:to]))
		if wordBefore(t, from) || wordAfter(t, to) || strings.Trim(s[2:8], "0123456789") != "" {
			return
		}
		switch {
		case creditChecks(s):
			out = append(out, t.mark(CreditCode, ByCheck, from, to))
		case strings.ContainsAny(s[:17], "ABCDEFGHJKLMNPQRTUWXY"):
			out = append(out, t.mark(CreditCode, ByShape, from, to))
		}
	})
	return out
}

func wordBefore(t text, at int) bool { return at > 0 && isWord(t.runes[at-1]) }
func wordAfter(t text, at int) bool  { return at < len(t.runes) && isWord(t.runes[at]) }

func isWord(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' }

// digits finds numbers of persons, telephones and cards, and any other long number that is no sum and no day.
func digits(t text) []Mark {
	var out []Mark
	t.each(digitRun, func(from, to int) {
		written := string(t.runes[from:to])
		s := strings.NewReplacer(" ", "", ".", "", "-", "", "·", "", "+", "").Replace(strings.ToUpper(written))
		kind, why := kindOf(s)
		if kind == Number && (measured(t.after(to, 2)) || len(s) < 7) || strings.Contains(written, ".") && kind == Number && strings.Count(written, ".") == 1 {
			return
		}
		if isDay(s, written) {
			return
		}
		out = append(out, t.mark(kind, why, from, to))
	})
	return out
}

// kindOf says what a number of so many digits is.
func kindOf(s string) (Kind, Why) {
	bare := strings.TrimSuffix(s, "X")
	switch n := len(s); {
	case n == 18 && idChecks(s):
		return IDNumber, ByCheck
	case n == 18 || n == 15 && s[6:8] < "99" && s == bare:
		return IDNumber, ByShape
	case s != bare:
		return Number, ByLength
	case n == 11 && s[0] == '1' && s[1] >= '3':
		return Phone, ByShape
	case n == 13 && strings.HasPrefix(s, "861"), n == 11 && (strings.HasPrefix(s, "852") || strings.HasPrefix(s, "853")):
		return Phone, ByShape
	case n >= 10 && n <= 12 && s[0] == '0', n == 10 && (strings.HasPrefix(s, "400") || strings.HasPrefix(s, "800")):
		return Phone, ByShape
	case n >= 16 && n <= 19 && luhn(s):
		return BankCard, ByCheck
	case n >= 16 && n <= 19:
		return BankCard, ByShape
	case (n == 7 || n == 8) && s[0] >= '2':
		return Phone, ByLength
	}
	return Number, ByLength
}

// measured says whether what follows a number makes it a sum or a size.
func measured(next string) bool {
	return slices.ContainsFunc([]string{"元", "圆", "圓", "万", "萬", "亿", "億", "平", "㎡", "件", "人", "吨", "噸", "%", "个", "個", "千"}, func(unit string) bool { return strings.HasPrefix(strings.TrimSpace(next), unit) })
}

var dayShape = regexp.MustCompile(`^(?:19|20)[0-9]{2}(?:[ .-]?(?:0?[1-9]|1[0-2])[ .-]?(?:0?[1-9]|[12][0-9]|3[01]))$`)

// isDay says whether digits are a day of the calendar: 2026-08-17, 20260817.
func isDay(s, written string) bool { return len(s) <= 8 && dayShape.MatchString(written) }

// idChecks holds the last digit of an identity number to the others (GB 11643).
func idChecks(s string) bool {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
		sum += int(s[i]-'0') * w
	}
	return "10X98765432"[sum%11] == s[17]
}

// creditChecks holds the last character of a credit code to the others.
func creditChecks(s string) bool {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	sum, weight := 0, 1
	for i := range 17 {
		v := strings.IndexByte(alphabet, s[i])
		if v < 0 {
			return false
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return alphabet[(31-sum%31)%31] == s[17]
}

// luhn holds the last digit of a card number to the others.
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
