package procedure

import "testing"

func TestAddressForm(t *testing.T) {
	for _, good := range []string{"https://www.gov.cn/a_b.htm?x=1#y", "http://gov.cn", "https://例子.中国:8443/通知"} {
		if !addressForm.MatchString(good) {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []string{"", "gov.cn", "ftp://gov.cn", "javascript:alert(1)", "https://", "https:///x", "https://u:p@gov.cn", "https://gov.cn /x", "https://gov.cn/a b", " https://gov.cn"} {
		if addressForm.MatchString(bad) {
			t.Errorf("%q is taken", bad)
		}
	}
}
