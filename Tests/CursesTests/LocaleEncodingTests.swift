import Curses
import Testing

@Suite("The encoding of the user's locale")
struct LocaleEncodingTests {
    @Test(
        "is named unless it is UTF-8; LC_ALL goes before LC_CTYPE and LANG",
        arguments: [
            (["LANG": "zh_CN.UTF-8"], nil), (["LANG": "C.utf8"], nil), (["LC_ALL": "zh_CN.utf-8@pinyin"], nil),
            (["LANG": "zh_CN.GBK"], "GBK"), (["LANG": "zh_CN.GB18030@stroke"], "GB18030"), (["LANG": "zh_CN"], "zh_CN"),
            (["LANG": "zh_CN.GBK", "LC_CTYPE": "zh_CN.UTF-8"], nil), (["LC_ALL": "C", "LANG": "zh_CN.UTF-8"], "C"),
            (["LC_ALL": "", "LANG": "zh_CN.UTF-8"], nil), ([:], "C"), (["LANG": "POSIX"], "POSIX"),
        ] as [([String: String], String?)])
    func named(environment: [String: String], encoding: String?) {
        #expect(LocaleEncoding.foreign(in: environment) == encoding)
    }
}
