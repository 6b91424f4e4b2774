import Journal

// A telephone number or an identity number in free text does not end with the particulars: it is warned of, wherever it
// is typed.

/// A number that concerns a person, in a text.
enum PersonalNumber: CaseIterable {
    case phone, identity

    /// The code on the receipt.
    var warning: String {
        switch self {
        case .phone: "text.phone"
        case .identity: "text.identity"
        }
    }

    var label: Label {
        switch self {
        case .phone: .phoneInText
        case .identity: .identityInText
        }
    }

    static let warnings = Dictionary(uniqueKeysWithValues: allCases.map { ($0.warning, $0.label) })
}

extension Action {
    /// The cautions of the action, and one for each text with a telephone number or an identity number.
    public static func allCautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        let texts = description.filter(\.isFreeText).compactMap { field in
            values[field.key]?.personalNumbers.last.map { (field.key, $0.label) }
        }
        return cautions(with: values, by: member, in: estate).merging(texts) { own, _ in own }
    }

    /// The kinds of numbers that stand in the texts that are given.
    var personalNumbersInText: [PersonalNumber] {
        var (action, finder) = (self, NumberFinder())
        try? action.fields(&finder)
        return PersonalNumber.allCases.filter(finder.found.contains)
    }
}

extension Label {
    /// What is said of a telephone number in a text.
    static let phoneInText = Label(
        "文字里有电话号码：不随个人信息到期删除，请填在电话栏", en: "a telephone number in a text does not end with the particulars")
    /// What is said of an identity number in a text.
    static let identityInText = Label(
        "文字里有身份证号：不随个人信息到期删除，请不要写", en: "an identity number in a text does not end with the particulars")
}

private struct NumberFinder: FieldVisitor {
    let scope = FieldScope.asked
    var found: Set<PersonalNumber> = []

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        if Value.isFreeText, !value.isAbsent { found.formUnion(value.text(zone: .utc).personalNumbers) }
    }
}

extension Unicode.Scalar {
    /// Whether it is a digit of either width.
    fileprivate var isDigit: Bool { 0x30...0x39 ~= value || 0xFF10...0xFF19 ~= value }
}

extension String {
    /// The numbers of persons in the text, each kind once.
    fileprivate var personalNumbers: [PersonalNumber] {
        if utf8.count < 10 || unicodeScalars.count(where: \.isDigit) < 10 { return [] }
        let text = halfwidth
        return (String.hasPhone(text) ? [.phone] : []) + (String.hasIdentity(text) ? [.identity] : [])
    }

    /// Whether a whole telephone number stands in a text: a mobile one, or one with its area code.
    private static func hasPhone(_ text: String) -> Bool {
        let number = /(?:1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|0[1-9][0-9]{1,2}[- ]?[0-9]{7,8})(?![0-9])/
        return text.matches(of: number).contains { match in
            // 86138… and part of a longer number, such as that of a card.
            let before = text[..<match.range.lowerBound].reversed().prefix { $0.isASCII && $0.isNumber }
            return before.isEmpty || String(before.reversed()) == "86" || String(before.reversed()) == "0086"
        }
    }

    /// Whether a citizen's identity number stands in a text: 17 digits with a birthday in them, and the check character
    /// of GB 11643 (ISO 7064, MOD 11-2).
    private static func hasIdentity(_ text: String) -> Bool {
        let number = /[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9])/
        return text.matches(of: number).contains { match in
            if text[..<match.range.lowerBound].last.map({ $0.isASCII && $0.isNumber }) ?? false { return false }
            let digits = match.output.dropLast().compactMap(\.wholeNumberValue)
            let sum = digits.reduce(0) { ($0 + $1) * 2 % 11 }
            let check = (12 - sum) % 11
            return match.output.last?.uppercased() == (check == 10 ? "X" : "\(check)")
        }
    }
}
