import Foundation
import TestSupport
import Testing

@testable import Estate

@Suite("Rules, 大写: amounts in capitals")
struct CapitalsTests {
    @Test(
        "the worked cases of the rules",
        arguments: [
            (1005, "壹拾元零伍分"), (10_000_000, "壹拾万元整"), (1_001_010, "壹万零壹拾元零壹角整"), (10_700_053, "壹拾万柒仟元零伍角叁分"),
            (168_032, "壹仟陆佰捌拾元零叁角贰分"), (140_950, "壹仟肆佰零玖元伍角整"), (10_001_000_000, "壹亿零壹万元整"),
            (1_640_902, "壹万陆仟肆佰零玖元零贰分"), (0, "零元整"), (5, "伍分"),
        ])
    func rules(fen: Int, text: String) { #expect(Money(fen: fen).capitals == text) }

    @Test(
        "0 in other places, tenths alone, and the largest amount",
        arguments: [
            (10, "壹角整"), (55, "伍角伍分"), (100, "壹元整"), (1000, "壹拾元整"), (100_500, "壹仟零伍元整"), (10_000_500, "壹拾万零伍元整"),
            (100_010_000, "壹佰万零壹佰元整"), (10_000_100_000, "壹亿零壹仟元整"), (101_000_000_000, "壹拾亿壹仟万元整"),
            (100_000_000_000_000, "壹万亿元整"), (-1005, "负壹拾元零伍分"),
        ])
    func more(fen: Int, text: String) { #expect(Money(fen: fen).capitals == text) }

    @Test("each amount from 0 to 1,000,000 fen reads back to itself")
    func everySmallAmount() {
        for fen in 0...1_000_000 where CapitalsReader.fen(of: Money(fen: fen).capitals) != fen {
            Issue.record("\(fen): \(Money(fen: fen).capitals)")
            return
        }
    }

    @Test("100,000 amounts up to 10¹² yuan read back to themselves")
    func randomAmounts() {
        var random = SeededRandom(seed: 1)
        for round in 0..<100_000 {
            // Of each length alike, and often with zeros.
            var fen = random.below([1_000_000, 1_000_000_000, 1_000_000_000_000, 100_000_000_000_001][round % 4])
            for place in [100, 10000, 1_000_000, 100_000_000] where random.below(3) == 0 {
                fen -= fen / place % 100 * place
            }
            if CapitalsReader.fen(of: Money(fen: fen).capitals) != fen {
                Issue.record("\(fen): \(Money(fen: fen).capitals)")
                return
            }
        }
    }

    @Test("the view writes 人民币 directly before the first digit")
    func view() throws {
        let test = try TestEstate()
        #expect(try test.only(CapitalsView.self, ["amount": "1,409.5"]).texts == ["人民币壹仟肆佰零玖元伍角整"])
    }
}

/// Reads amounts in capitals from left to right, as a person does, with sums for the section of four places and for the
/// sections below 亿. 零 has no value. `nil` for anything that is no amount.
private enum CapitalsReader {
    static func fen(of text: String) -> Int? {
        var (digit, section, below, yuan, cents) = (0, 0, 0, 0, 0)
        var last: Unicode.Scalar = "整"
        for sign in text.unicodeScalars {
            if sign == "零", last == "零" { return nil }
            if let value = digits[sign] {
                // Two digits are never side by side.
                if value > 0, digits[last] ?? 0 > 0 { return nil }
                digit = value
            } else {
                switch sign {
                case "拾": section += digit * 10
                case "佰": section += digit * 100
                case "仟": section += digit * 1000
                case "万": below += (section + digit) * 10000
                case "亿": yuan += (below + section + digit) * 100_000_000
                case "元": yuan += below + section + digit
                case "角": cents += digit * 10
                case "分": cents += digit
                case "整": if last == "分" { return nil }
                default: return nil
                }
                if "万亿元".unicodeScalars.contains(sign) { section = 0 }
                if "亿元".unicodeScalars.contains(sign) { below = 0 }
                digit = 0
            }
            last = sign
        }
        return last == "分" || last == "整" ? yuan * 100 + cents : nil
    }

    private static let digits: [Unicode.Scalar: Int] = [
        "零": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
    ]
}
