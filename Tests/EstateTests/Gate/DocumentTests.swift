import Testing
import TestSupport

@testable import Estate

@Suite("7.9 Documents of visitors")
struct DocumentTests {
    @Test(
        "7.9 only the kind and the last four characters of a document are kept",
        arguments: [
            ("身份证 330102199001011234", "身份证 1234"), ("居民身份证33010219900101123X", "居民身份证 123X"),
            ("身份证：3301 0219 9001 0112 34", "身份证 1234"), ("身份证 330102.19900101.1234", "身份证 1234"),
            ("护照 E12345678", "护照 5678"), ("passport E12345678", "passport 5678"), ("330102199001011234", "1234"),
            ("身份证330102199001011234 电话13800001111", "身份证 1234"), ("身份证 ３３０１０２１９９００１０１１２３４", "身份证 1234"),
            ("电话13800001111 身份证330102199001011234", "电话 身份证 1234"), ("居民身份证 1234", "居民身份证 1234"),
            ("已核验", "已核验"), ("passport", "passport"), ("身份证 330102199001011234（已核验）", "身份证 1234"),
            ("第2代身份证 330102199001011234", "第2代身份证 1234"),
        ])
    func document(typed: String, kept: String) throws {
        let test = try TestEstate()
        try test.do(
            "visitor.arrive", ["name": "张三", "host": "3-2-501", "purpose": "探亲", "document": typed])
        #expect(try test.only(GateView.self).document == kept)
    }
    @Test(
        "7.9 a number of exactly four characters is kept as typed",
        arguments: [
            ("A123", "A123"), ("12-34", "12-34"), ("护照 56.78（已核验）", "护照 56.78(已核验)"),
            ("编号 1234 身份证 330102199001011234", "编号 1234 身份证 1234"),
        ])
    func fourCharacters(typed: String, kept: String) throws {
        let test = try TestEstate()
        let members = ["name": "张三", "host": "3-2-501", "purpose": "探亲", "document": typed]
        try test.do("visitor.arrive", members)
        #expect(try test.only(GateView.self).document == kept)
    }
}
