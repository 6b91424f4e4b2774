import Journal

// A telephone number in free text does not end with the particulars: it is warned of, wherever it is typed.

extension Action {
    /// The cautions of the action, and one for each text with a telephone number.
    public static func allCautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        let phones = description.filter { $0.isFreeText && values[$0.key]?.hasPhone ?? false }
        return cautions(with: values, by: member, in: estate)
            .merging(phones.map { ($0.key, Label.phoneInText) }) { own, _ in own }
    }

    /// Whether a telephone number stands in one of the texts that are given.
    var hasPhoneInText: Bool {
        var (action, finder) = (self, PhoneFinder())
        try? action.fields(&finder)
        return finder.hasFound
    }
}

extension Label {
    /// What is said of a telephone number in a text.
    static let phoneInText = Label(
        "文字里有电话号码：不随个人信息到期删除，请填在电话栏", en: "a telephone number in a text does not end with the particulars")
}

private struct PhoneFinder: FieldVisitor {
    let scope = FieldScope.asked
    var hasFound = false

    mutating func field<Value: FieldValue>(_ key: StaticString, _ value: inout Value, _ label: Label?) throws {
        if Value.isFreeText, !hasFound, !value.isAbsent { hasFound = value.text(zone: .utc).hasPhone }
    }
}

extension String {
    /// Whether a whole telephone number stands in the text: a mobile one, or one with its area code.
    fileprivate var hasPhone: Bool {
        if utf8.count < 10 { return false }
        let text = halfwidth
        if text.utf8.count(where: { 48...57 ~= $0 }) < 10 { return false }
        let number = /(?:1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|0[1-9][0-9]{1,2}[- ]?[0-9]{7,8})(?![0-9])/
        return text.matches(of: number).contains { match in
            // 86138… and part of a longer number, such as that of a card.
            let before = text[..<match.range.lowerBound].reversed().prefix { $0.isASCII && $0.isNumber }
            return before.isEmpty || String(before.reversed()) == "86" || String(before.reversed()) == "0086"
        }
    }
}
