import Journal

// A request as it is said: where, and what is the matter. A form asks in this order; the class follows from the words.
extension OpenRequest {
    public static let leading = ["unit", "text"]

    /// The unit or place with which a line begins, the longest one that is known, and the words behind it:
    /// `3-2-501厨房漏水`, `中心花园 路灯不亮`.
    public static func values(ofLine line: String, in estate: Estate) -> [String: String]? {
        let line = line.oneLine
        let ends = line.indices.dropFirst().prefix(longestPlace).reversed()
        for end in ends {
            let (place, rest) = (line[..<end], String(line[end...]).withoutSeparators)
            // Digits are part of the unit, and one sign is no matter.
            guard rest.count > 1, let first = rest.first, first.isLetter, !first.isASCII,
                !(place.last.map { cuts($0, first) } ?? false)
            else { continue }
            guard let code = known(String(place).withoutSeparators, in: estate) else { continue }
            return ["unit": code.text, "text": rest]
        }
        return nil
    }

    /// What is said of a unit may be typed where the unit is asked for.
    public static func place(of text: String, typedFor key: String, in estate: Estate) -> String? {
        guard key == "unit", known(text, in: estate) == nil, text.contains(where: { $0.isLetter && !$0.isASCII }),
            (try? UnitCode(text: text, zone: estate.zone)) == nil
        else { return nil }
        return "text"
    }

    private static let longestPlace = 24

    /// Whether a sign that may end a unit begins a word here: 房间, 户外.
    private static func cuts(_ last: Character, _ next: Character) -> Bool {
        switch last {
        case "房": "间门顶屋东客".contains(next)
        case "户", "室": "内外门主".contains(next)
        default: false
        }
    }

    private static func known(_ text: String, in estate: Estate) -> UnitCode? {
        if let place = estate.people.place(named: text) { return place }
        guard let unit = try? UnitCode(text: text, zone: estate.zone) else { return nil }
        let current = estate.people.current(unit)
        return estate.people.units[current] == nil ? nil : current
    }
}

extension String {
    /// Without the spaces and punctuation at both ends.
    fileprivate var withoutSeparators: String {
        let isSign = { (sign: Character) in sign.isWhitespace || ",，.。;；:：、-".contains(sign) }
        return String(drop(while: isSign).reversed().drop(while: isSign).reversed())
    }
}
