/// How money is known again, besides the identity of its kind.
struct MoneyIdentity: Sendable {
    /// The key of the number by which it is known alone, e.g. of a slip.
    let number: String
    /// The keys that tell parts of one sum, in one file, from each other.
    let parts: [String]
    /// Keys of fields that only choose what a sum pays. They are not recorded, so recorded rows are compared without them.
    let hints: Set<String>
    /// Whether a row, by the texts of its fields, takes what others leave: it is recorded after them.
    let isRest: @Sendable ([String: String]) -> Bool
}

/// What stands, for the rows of a file to be compared with: by the texts of their fields.
///
/// Money that stands is the same as that of a row if both have the same slip number or, unless both have one, the same
/// identity. Each is the same as one row only: where two such payments stand, a third one is new.
struct StandingRows {
    private let kind: ImportKind
    private var rows: [[String: String]]
    private var byIdentity: [[String]: [Int]] = [:]
    private var byNumber: [String: [Int]] = [:]
    /// The places of what the file has, too.
    private var taken: Set<Int> = []
    /// The identities of the file's own rows, parts and numbers included.
    private var listed: Set<[String]> = []

    init(_ kind: ImportKind, _ rows: [[String: String]] = []) {
        (self.kind, self.rows) = (kind, rows)
        for (place, texts) in rows.enumerated() {
            byIdentity[kind.identity(of: texts), default: []].append(place)
            if let number = number(of: texts) { byNumber[number, default: []].append(place) }
        }
    }

    private func number(of texts: [String: String]) -> String? { kind.money.flatMap { texts[$0.number] } }

    /// Whether two records of the same identity may be the same one.
    private func mayBe(_ texts: [String: String], _ other: [String: String]) -> Bool {
        guard let number = number(of: texts), let another = self.number(of: other) else { return true }
        return number == another
    }

    private func places(_ texts: [String: String]) -> [Int] {
        let known = number(of: texts).flatMap { byNumber[$0] } ?? []
        // Money without a time is no other money's double.
        if kind.isMoney, texts["at"] == nil { return known }
        return known + (byIdentity[kind.identity(of: texts)] ?? []).filter { mayBe(texts, rows[$0]) }
    }

    /// What stands already of a row; for money, whatever rows have taken before.
    func former(of texts: [String: String]) -> [String: String]? { places(texts).first.map { rows[$0] } }

    /// The same, for a row that is passed over if there is one. Money that stands once is taken once; a row without a
    /// number takes what has none first.
    mutating func take(_ texts: [String: String]) -> [String: String]? {
        let places = places(texts)
        if !kind.isMoney {
            taken.formUnion(places)
            return places.first.map { rows[$0] }
        }
        let (number, identity) = (number(of: texts), kind.identity(of: texts))
        let left = places.filter { !taken.contains($0) }
        if let place = left.first(where: { self.number(of: rows[$0]) == number }) ?? left.first {
            taken.insert(place)
            return rows[place]
        }
        // A row without the number has taken it.
        guard number != nil else { return nil }
        return places.map { rows[$0] }.first { self.number(of: $0) == number && kind.identity(of: $0) == identity }
    }

    /// Notes a row of the file that is no money: later rows are compared with it as well.
    mutating func add(_ texts: [String: String]) {
        byIdentity[kind.identity(of: texts), default: []].append(rows.count)
        taken.insert(rows.count)
        rows.append(texts)
    }

    /// Notes a row of money; `false` if the file has had the same row before.
    mutating func isNew(_ texts: [String: String]) -> Bool {
        guard let money = kind.money, texts["at"] != nil || texts[money.number] != nil else { return true }
        return listed.insert(kind.identity(of: texts) + (money.parts + [money.number]).map { texts[$0] ?? "" }).inserted
    }

    /// What stands and is not in the file, by identity. A file about some periods says nothing of others, and who has left
    /// is not missed.
    var gone: [[String]] {
        let periods = Set(taken.compactMap { rows[$0]["period"] })
        return rows.indices.filter { place in
            !taken.contains(place) && rows[place]["left"] == nil
                && (rows[place]["period"].map { periods.contains($0) } ?? true)
        }.map { kind.identity(of: rows[$0]).filter { !$0.isEmpty } }
    }
}
