import Foundation

/// The forms in which a text may stand in a file: UTF-8, GB 18030, UTF-16, and escaped for JSON, URLs and base 64.
public enum TextForms {
    public static func of(_ text: String) -> [Data] {
        let utf8 = Data(text.utf8)
        let units = text.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        let escaped = [units.map { "\\u\($0)" }, units.map { "\\u\($0.uppercased())" }].map { $0.joined() }
        let percent = utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let plain = escaped + [percent, percent.uppercased()]
        // kCFStringEncodingGB_18030_2000 (0x0632) as an NSStringEncoding.
        let encodings: [String.Encoding] = [
            .utf16LittleEndian, .utf16BigEndian, String.Encoding(rawValue: 0x8000_0632),
        ]
        return [utf8] + plain.map { Data($0.utf8) } + encodings.compactMap { text.data(using: $0) } + base64(utf8)
    }

    /// What of the base 64 of any text with these bytes is always the same, for each place of the first byte in a group
    /// of three.
    private static func base64(_ bytes: Data) -> [Data] {
        (0..<3).map { shift in
            let first = shift == 0 ? 0 : shift + 1
            let whole = (Data(repeating: 0, count: shift) + bytes).base64EncodedString()
            // The last group depends on what follows.
            let count = (shift + bytes.count) * 8 / 6
            return Data(whole.prefix(count).dropFirst(first).utf8)
        }.filter { $0.count > 5 }
    }

    /// The paths of files under folders that hold one of the texts in any form.
    public static func files(under folders: [String], holding texts: some Sequence<String>) throws -> [String] {
        let forms = Set(texts).flatMap { of($0) }
        return try folders.flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }.filter {
                let data = FileManager.default.contents(atPath: $0) ?? Data()
                return forms.contains { data.range(of: $0) != nil }
            }
        }
    }
}
