// Package i18n holds what pages say in Simplified Chinese, Traditional Chinese and English, and how days, counts and
// sizes are written in each.
//
// Messages live in catalogue/<area>.yaml, one file per area and author; key `skip` of web.yaml is called "web.skip".
// A message may carry `{name}`, and `{name:one|many}` for a word that follows a number in English. Every message stands
// in all three languages with the same placeholders, every key is used, every used key exists: the tests say so.
//
// It never decides what is said to whom, never holds a text of the law, and never reads the clock.
package i18n
