import Testing
import TestSupport

@testable import Estate

@Suite("Amounts are whole fen")
struct MoneyTests {
    @Test(
        "yuan with at most two decimals are read in the usual notations",
        arguments: [
            ("1240", 124_000), ("1240.00", 124_000), ("1,240.5", 124_050), ("0.01", 1), ("１２４０．５０", 124_050),
            ("１，２４０．５", 124_050), ("￥1240.5", 124_050), ("¥12", 1_200), ("12元", 1_200), (" 12.30 ", 1_230),
            ("99999999999.99", 9_999_999_999_999), ("1,234,567.89", 123_456_789), ("0", 0),
            ("1240.500", 124_050), ("人民币1240.5", 124_050), ("RMB 1240.5", 124_050), ("¥ 1240.5 元", 124_050),
            ("1240元整", 124_000), ("1240。5", 124_050), ("'1240.5", 124_050),
        ])
    func read(typed: String, fen: Int) throws { #expect(try Money(text: typed, zone: .shanghai).fen == fen) }

    @Test(
        "a malformed amount is refused with its cause",
        arguments: [
            ("-5", "amount.negative"), ("－５", "amount.negative"), ("1.234", "amount.fen"), ("0.001", "amount.fen"),
            ("12,40.5", "amount.malformed"), ("1,24", "amount.malformed"), (",240", "amount.malformed"),
            ("1.", "amount.malformed"), (".5", "amount.malformed"), ("1.2.3", "amount.malformed"),
            ("一百", "amount.malformed"), ("1e3", "amount.damaged"), ("+5", "amount.malformed"),
            ("", "amount.malformed"),
            ("1.2405E+3", "amount.damaged"), ("(100.00)", "amount.negative"), ("100-", "amount.negative"),
            ("$1240", "amount.currency"), ("€5", "amount.currency"), ("USD 5", "amount.currency"),
            ("5美元", "amount.currency"),
            ("1240.505", "amount.fen"), ("1240,50", "amount.malformed"), ("1 240", "amount.malformed"),
            ("1.2万", "amount.malformed"), ("¥", "amount.malformed"), ("元", "amount.malformed"),
            ("100000000000", "amount.large"), ("99999999999999999999999", "amount.large"),
        ])
    func refused(typed: String, code: String) {
        let refused = refusal { try Money(text: typed, zone: .shanghai) }
        #expect(refused?.code == code)
        #expect(refused?.cause == .input)
    }

    @Test("an area is read with its unit", arguments: ["89.5", "89.50㎡", "89.500 平方米", "８９．５", "89.5m²", "89.5平米"])
    func areas(typed: String) throws { #expect(try Area(text: typed, zone: .shanghai).hundredths == 8950) }

    @Test(
        "an amount has two decimals, and groups for people",
        arguments: [(124_000, "1240.00", "1,240.00"), (5, "0.05", "0.05"), (-12_345_678, "-123456.78", "-123,456.78")])
    func written(fen: Int, text: String, grouped: String) {
        #expect(Money(fen: fen).text == text)
        #expect(Money(fen: fen).grouped == grouped)
    }

    @Test(
        "a ratio is truncated when shown and compared exactly",
        arguments: [
            (99_996, 100_000, "99.99"), (1, 3, "33.33"), (2, 3, "66.66"), (9_999_999, 10_000_000, "99.99"),
            (100, 100, "100.00"), (0, 7, "0.00"), (799_999, 1_000_000, "79.99"),
        ])
    func shares(part: Int, whole: Int, text: String) throws {
        let share = try #require(Share(part, of: whole))
        #expect(share.text == text)
        #expect(share.meets(percent: 100) == (part == whole))
        #expect(share.meets(percent: 80) == (part * 100 >= whole * 80))
    }

    @Test("a ratio to zero is absent")
    func noShare() { #expect(Share(0, of: 0) == nil) }

    @Test("ratios whose products overflow are compared")
    func huge() throws {
        let share = try #require(Share(Int.max / 2, of: Int.max / 2 + 1))
        #expect(share.text == "99.99")
        #expect(share.meets(percent: 90))
    }
}
