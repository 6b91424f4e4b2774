import Foundation
import Testing

@testable import Journal

@Suite struct JSONTests {
    /// A random value that Foundation and the parser read alike.
    private func value(_ random: inout SeededGenerator, _ depth: Int = 0) -> JSONValue {
        switch random.int(0..<(depth < 4 ? 6 : 4)) {
        case 0: .null
        case 1: .bool(random.bool())
        case 2: .number(String(random.int(-1_000_000_000...1_000_000_000)))
        case 3: .string(string(&random))
        case 4: .array((0..<random.int(0..<5)).map { _ in value(&random, depth + 1) })
        default:
            .object(
                Dictionary(
                    (0..<random.int(0..<5)).map { _ in (string(&random), value(&random, depth + 1)) },
                    uniquingKeysWith: { $1 }))
        }
    }

    private func string(_ random: inout SeededGenerator) -> String {
        random.string(of: "az09 \"\\/\u{0}\u{8}\u{c}\u{1f}\u{7f}\n\r\té张門\u{2028}😀𠮷", below: 12)
    }

    private func write(_ value: JSONValue, _ json: inout JSONWriter) {
        switch value {
        case .null: json.null()
        case .bool(let value): json.bool(value)
        case .number(let digits): json.raw(digits.utf8)
        case .string(let text): json.string(text)
        case .array(let elements):
            json.openArray()
            for element in elements { write(element, &json) }
            json.closeArray()
        case .object(let members):
            json.openObject()
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                json.key(named: key)
                write(value, &json)
            }
            json.closeObject()
        }
    }

    private func foundation(_ value: JSONValue) -> Any {
        switch value {
        case .null: NSNull()
        case .bool(let value): value
        case .number(let digits): Int(digits) ?? 0
        case .string(let text): text
        case .array(let elements): elements.map(foundation)
        case .object(let members): members.mapValues(foundation)
        }
    }

    private func canonical(_ value: Any) throws -> Data {
        try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
    }

    @Test(arguments: Seed.current) func foundationReadsOurOutput(seed: Seed) throws {
        var random = seed.generator
        for _ in 0..<300 {
            let value = value(&random)
            var json = JSONWriter()
            write(value, &json)
            let back = try JSONSerialization.jsonObject(with: Data(json.bytes), options: .fragmentsAllowed)
            #expect(try canonical(back) == canonical(foundation(value)), "\(json.text)")
            #expect(try JSONValue(parsing: json.text) == value)
        }
    }

    @Test(arguments: Seed.current) func foundationsOutputIsRead(seed: Seed) throws {
        var random = seed.generator
        for _ in 0..<300 {
            let value = value(&random)
            var options: JSONSerialization.WritingOptions = .fragmentsAllowed
            if random.bool() { options.insert(.prettyPrinted) }
            let data = try JSONSerialization.data(withJSONObject: foundation(value), options: options)
            #expect(try JSONValue(parsing: String(decoding: data, as: UTF8.self)) == value)
        }
    }

    @Test func onlyRequiredEscapesAreWritten() {
        var json = JSONWriter()
        json.string("\"\\/\n\r\t\u{1}\u{7f}张😀")
        #expect(json.text == #""\"\\/\n\r\t\u0001\u007f张😀""#)
    }

    @Test func keysKeepTheirOrder() {
        var json = JSONWriter()
        json.openObject()
        json.key("z")
        json.integer(-1)
        json.key("a")
        json.openArray()
        json.openObject()
        json.closeObject()
        json.bool(true)
        json.null()
        json.closeArray()
        json.closeObject()
        #expect(json.text == #"{"z":-1,"a":[{},true,null]}"#)
    }

    @Test func escapesAndSurrogatePairsAreDecoded() throws {
        #expect(try JSONValue(parsing: #""\b\f\n\r\t\/\\\"""#) == .string("\u{8}\u{c}\n\r\t/\\\""))
        #expect(try JSONValue(parsing: #""\u5f20\u4E09""#) == .string("张三"))
        #expect(try JSONValue(parsing: #""\ud83d\ude00""#) == .string("😀"))
        #expect(try JSONValue(parsing: #""e\u0301""#) == .string("e\u{301}"))
    }

    @Test(arguments: [
        "", " ", "tru", "nul", "nullx", "True", "[1,]", "[1 2]", "[", "]", "{", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{a:1}", "{1:1}", "01", "-", "-01", "1.", ".5", "1e", "1e+", "+1", "NaN", "0x1", "\"", "\"\\\"", "\"\\x\"",
        "\"\\u12\"", "\"\\u12G4\"", #""\ud83d""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\ude00""#, "\"a\nb\"",
        "\"\u{1}\"",
        "1 1", "'a'", "[1]]", "/**/1",
    ])
    func malformedTextIsRefused(text: String) {
        #expect(throws: JSONScanner.Malformed.self) { try JSONValue(parsing: text) }
    }

    @Test func invalidUTF8IsRefused() {
        for bytes: [UInt8] in [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xE5, 0xBC]] {
            _ = ([0x22] + bytes + [0x22]).withUnsafeBytes { buffer in
                #expect(throws: JSONScanner.Malformed.self) {
                    var scanner = JSONScanner(buffer)
                    _ = try scanner.string()
                }
            }
        }
    }

    @Test func nestingIsLimited() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try JSONValue(parsing: nested(64))
        #expect(throws: JSONScanner.Malformed.self) { try JSONValue(parsing: nested(65)) }
        #expect(throws: JSONScanner.Malformed.self) { try JSONValue(parsing: nested(100_000)) }
    }

    @Test func integersOutOfRangeAreRefused() throws {
        func integer(_ text: String) throws -> Int {
            try Array(text.utf8).withUnsafeBytes { buffer in
                var scanner = JSONScanner(buffer)
                return try scanner.integer()
            }
        }
        #expect(try integer("9223372036854775807") == .max)
        #expect(try integer("-42,") == -42)
        for text in ["9223372036854775808", "", "-", "00", "012", "a"] {
            #expect(throws: JSONScanner.Malformed.self) { try integer(text) }
        }
    }
}
