/// The number formats of a workbook's cell styles, as far as they make dates of numbers.
struct NumberFormats {
    enum Kind {
        case number
        /// A date, a time of day or both.
        case date
    }

    private var styles: [Kind] = []

    init() {}

    /// Throws ``SheetError``.
    init(_ bytes: [UInt8], part: String) throws {
        var (xml, codes, isCell) = (XMLReader(bytes, part: part), [Int: String](), false)
        while let event = try xml.next() {
            if xml.name == "cellXfs" { isCell = event == .start }
            guard event == .start, let id = try xml.attribute("numFmtId").flatMap({ Int($0) }) else { continue }
            if xml.name == "numFmt" {
                codes[id] = try xml.attribute("formatCode")
            } else if xml.name == "xf", isCell {
                styles.append(codes[id].map(NumberFormats.kind) ?? NumberFormats.builtIn(id))
            }
        }
    }

    /// What the numbers of a style are; numbers for a style that is not there.
    subscript(style: Int) -> Kind { styles.indices.contains(style) ? styles[style] : .number }

    /// The formats that are not written out (ECMA-376, 18.8.30), those of Chinese and Thai programs included.
    private static func builtIn(_ id: Int) -> Kind {
        switch id {
        case 14...22, 27...36, 45...47, 50...58, 71...81: .date
        default: .number
        }
    }

    /// Whether the first section of a format code has a part of a date or time outside of quotes, escapes and brackets.
    /// `[h]` and its like, which count beyond a day, make a time as well.
    static func kind(of code: String) -> Kind {
        var signs = code.lowercased().unicodeScalars.makeIterator()
        while let sign = signs.next() {
            switch sign {
            case "\"": while let next = signs.next(), next != "\"" {}
            case "\\", "_", "*": _ = signs.next()
            case "[":
                var name = ""
                while let next = signs.next(), next != "]" { name.unicodeScalars.append(next) }
                if !name.isEmpty, name.allSatisfy({ "hms".contains($0) }) { return .date }
            case "y", "m", "d", "h", "s": return .date
            case ";": return .number
            default: continue
            }
        }
        return .number
    }
}
