// What every reader of a value does first: the text of a form, a cell or a filter in one plain form.

extension String {
    /// The text for a reader of values: half-width, without what nobody sees and without what spreadsheets put around a
    /// text (`'…`, `="…"`); every space, dash and full stop is the ASCII one; trimmed.
    var plain: String {
        // What facts and scripts write is plain already.
        if utf8.allSatisfy({ (0x23...0x7E).contains($0) && !String.wrapping.contains($0) }) { return self }
        let scalars = withoutInvisible.halfwidth.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.value {
            case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0x2500: "-"
            case 0x3002, 0xFF61: "."
            case _ where scalar.properties.generalCategory == .spaceSeparator: " "
            default: scalar
            }
        }
        return String(UnicodeScalarView(scalars)).trimmed.unwrapped
    }

    /// The signs that a spreadsheet, or a statement, puts before a text, as bytes.
    private static let wrapping: [UInt8] = [UInt8(ascii: "'"), UInt8(ascii: "="), UInt8(ascii: "`")]

    /// Without the signs by which a spreadsheet keeps a number as text.
    private var unwrapped: String {
        var text = self[...]
        if text.hasPrefix("=\"") { text.removeFirst() }
        if text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
        if text.count > 1, let first = text.first, "'‘’`".contains(first) { text.removeFirst() }
        return text.count == count ? self : String(text).trimmed
    }

    /// Whether a spreadsheet has turned a long number into a power of ten: 1.38E+10.
    var isPowerOfTen: Bool { wholeMatch(of: /[0-9]+(?:[.,][0-9]+)?[Ee]\+?[0-9]+/) != nil }

    /// Without the decimals that a spreadsheet adds to a whole number: 3.0.
    var withoutZeroDecimals: String {
        guard let point = lastIndex(of: "."), point != startIndex, self[point...].dropFirst().contains("0"),
            self[point...].dropFirst().allSatisfy({ $0 == "0" }), self[..<point].utf8.allSatisfy({ 48...57 ~= $0 })
        else { return self }
        return String(self[..<point])
    }

    /// Without remarks in brackets. One that is not closed reaches to the end.
    var withoutRemarks: String {
        contains { "([{<【〔《「".contains($0) }
            ? replacing(/[(\[{<【〔《「][^)\]}>】〕》」]*[)\]}>】〕》」]?/, with: " ").trimmed : self
    }

    /// Whether the text says that there is nothing: 无, a dash.
    var meansNothing: Bool {
        let text = plain.lowercased()
        return text.isEmpty || text.allSatisfy { $0 == "-" || $0 == "/" } || String.nothing.contains(text)
    }

    private static let nothing: Set<String> = ["无", "没有", "暂无", "空", "none", "null", "n/a", "na", "nil"]

    /// Whether a month is named in English, as spreadsheets write a date that they have made of something else: Mar-26.
    var namesEnglishMonth: Bool {
        lowercased().firstMatch(
            of:
                /(?:^|[^a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)(?:$|[^a-z])/
        ) != nil
    }
}

extension Character {
    /// Whether it is an ideograph.
    var isIdeograph: Bool { unicodeScalars.first?.properties.isIdeographic == true && self != "〇" }
}

extension Refusal {
    /// The refusal of a text that a spreadsheet has made of another one, which cannot be known from it.
    static func damaged(_ code: String, _ text: String, _ what: Label) -> Refusal {
        .input(
            code, "“\(text)”\(what.chinese)：请在表格里把这一列设为“文本”格式，再填一次原来的内容",
            en: "“\(text)” \(what.english): format the column as text, and fill in again what it was")
    }
}

extension Label {
    /// What happened to a long number.
    static let powerOfTen = Label(
        "已被表格改成科学计数，后面的数字丢了", en: "was made a power of ten by the spreadsheet; its digits are lost")
    /// What happened to a date that is a count of days, or that was no date.
    static let dayNumber = Label("是表格里日期的天数", en: "is a spreadsheet's number for a date")
    static let madeDate = Label("是表格自动改成的日期", en: "is a date that the spreadsheet has made")
}
