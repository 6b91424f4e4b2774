/// The table of texts that cells refer to by number.
enum SharedStrings {
    /// Throws ``SheetError``.
    static func read(_ bytes: [UInt8], part: String) throws -> [String] {
        var (xml, strings) = (XMLReader(bytes, part: part), [String]())
        while let event = try xml.next() {
            if event == .start, xml.name == "si" { strings.append(try richText(of: &xml)) }
        }
        return strings
    }

    /// The text of an element that has begun (`si`, `is`), up to its end: its runs joined, without phonetic guides. Throws
    /// ``SheetError``.
    static func richText(of xml: inout XMLReader) throws -> String {
        var (text, depth, guide, isText) = ("", 1, Int?.none, false)
        while depth > 0 {
            guard let event = try xml.next() else { throw xml.malformed }
            switch event {
            case .start:
                depth += 1
                if xml.name == "rPh", guide == nil { guide = depth }
                isText = xml.name == "t" && guide == nil
            case .end:
                if guide == depth { guide = nil }
                depth -= 1
                isText = false
            case .text: if isText { text += try xml.text() }
            }
        }
        return unescaped(text)
    }

    /// Replaces `_x000D_` and its like, by which control characters are written.
    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")), text.contains("_x") else { return text }
        let units = Array(text.utf16)
        var (out, place) = ([UInt16](), 0)
        while place < units.count {
            if let unit = escape(in: units, at: place) {
                out.append(unit)
                place += 7
            } else {
                out.append(units[place])
                place += 1
            }
        }
        return String(decoding: out, as: UTF16.self)
    }

    /// The code unit of `_xHHHH_` at a place.
    private static func escape(in units: [UInt16], at place: Int) -> UInt16? {
        let underscore = UInt16(UInt8(ascii: "_"))
        guard place + 7 <= units.count, units[place] == underscore, units[place + 1] == UInt16(UInt8(ascii: "x")),
            units[place + 6] == underscore
        else { return nil }
        var value: UInt16 = 0
        for unit in units[(place + 2)..<(place + 6)] {
            guard let digit = Unicode.Scalar(unit).flatMap({ Character($0).hexDigitValue }), unit < 0x80 else {
                return nil
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }

    /// The text as an element may have it: controls and what looks like an escape, escaped.
    static func escaped(_ text: String) -> String {
        var out = ""
        let units = Array(text.utf16)
        var place = 0
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || scalar.value & 0xFFFE == 0xFFFE
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "_" where escape(in: units, at: place) != nil: out += "_x005F_"
            case _ where isControl && scalar.value <= 0xFFFF:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                out += "_x\(String(repeating: "0", count: 4 - digits.count))\(digits)_"
            default: out.unicodeScalars.append(scalar)
            }
            place += scalar.utf16.count
        }
        return out
    }
}

extension Unicode.Scalar {
    fileprivate var utf16: String.UTF16View { String(self).utf16 }
}
