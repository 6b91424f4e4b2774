import Journal

/// How the rows of a file are recorded: all of them, or none.
public struct ImportRun {
    /// When the rows happened that do not say it; now by default.
    public var at: Moment?
    /// The key with which the same rows are imported once.
    public var key: String?
    /// Whether the rows are only checked.
    public var isDry = false
    /// Whether rows that are recorded already are skipped; differences are listed.
    public var skipsKnown = false
    /// Whether money that is recorded already may be imported again.
    public var allowsTwice = false
    /// Called after each row with the number of rows so far. What it throws ends the import; nothing was recorded.
    public var progress: (Int) throws -> Void = { _ in }

    public init() {}
}

/// What became of an import.
public struct ImportResult: Sendable {
    /// The import; `nil` when nothing was recorded.
    public internal(set) var id: Ref<Import>?
    /// The number of rows that were recorded, or would be.
    public internal(set) var imported = 0
    /// After a dry run, the sum of their amounts; of a statement, that of what came.
    public internal(set) var amount = Money.zero
    /// After a dry run of a statement, the sum of what left.
    public internal(set) var outgoing = Money.zero
    /// After a dry run, what the rows come to besides, in words; see ``ImportKind/sums``.
    public internal(set) var sums: Label?
    /// The number of rows that stood already and were passed over.
    public internal(set) var known = 0
    /// Rows that stood already with other values, in words.
    public internal(set) var differing: [Label] = []
    /// The numbers of the rows that were warned of, by the warning's code.
    var warnings: [String: [Int]] = [:]
    /// What stands and is not in the file, in words.
    public internal(set) var gone: [String] = []
    /// Whether it had been recorded before, with the same key.
    public internal(set) var isRepeated = false
}

/// The rows of a file that were refused; none of its rows was imported.
public struct RefusedRows: Error, Sendable {
    public struct Row: Sendable {
        /// The number of its line or row in the file.
        public let number: Int
        public let refusal: Refusal
        /// The name of the column that caused it, as the file has it; `nil` if it is about the row.
        public let column: String?
        /// What stands in that column.
        var typed: String?
    }

    /// In the order of the file.
    public let rows: [Row]

    /// The rows refused for one reason in one column.
    public struct Group: Sendable {
        public let column: String?
        public let code: String
        public fileprivate(set) var rows: [Row]
    }

    /// Grouped by column and reason, the largest first.
    public var groups: [Group] {
        var (groups, places) = ([Group](), [String: Int]())
        for row in rows {
            let key = "\(row.column ?? "")\u{1F}\(row.refusal.code)"
            if let place = places[key] {
                groups[place].rows.append(row)
            } else {
                places[key] = groups.count
                groups.append(Group(column: row.column, code: row.refusal.code, rows: [row]))
            }
        }
        return groups.enumerated().sorted { ($1.element.rows.count, $0.offset) < ($0.element.rows.count, $1.offset) }
            .map(\.element)
    }
}

extension Store {
    /// Checks and records the rows of a file as one action, with a record of the import itself. Throws ``Refusal``,
    /// ``RefusedRows``, ``JournalError`` or what ``ImportRun/progress`` throws; then nothing was recorded.
    public func perform(_ run: ImportRun, on table: ImportTable, by: String) throws -> ImportResult {
        let key = try run.key.map { key in
            let members = table.rows.map { (try? $0.members.get()) ?? [:] }
            return try IdempotencyKey(key, of: table.kind.action.name, members, at: run.at)
        }
        var work = ImportWork(run: run, table: table, zone: estate.zone)
        do {
            try perform(by: by) { batch in
                // It may be the second run for the same rows.
                work = ImportWork(run: run, table: table, zone: estate.zone)
                if let receipt = try batch.joinActions(key: key) { return work.repeats(receipt) }
                try work.perform(in: &batch)
                if run.isDry { throw DryRun() }
            }
        } catch is DryRun {}
        return work.result
    }
}

private struct DryRun: Error {}

/// A row of money that came or left.
protocol MoneyFlow: Action {
    /// Below zero for money that left.
    var signed: Money { get }
}

/// One pass over the rows of a file.
private struct ImportWork {
    let run: ImportRun
    let table: ImportTable
    let zone: Zone
    var result = ImportResult()
    /// Whether the moment is a field of the action.
    private let hasOwnMoment: Bool
    private var refused: [RefusedRows.Row] = []
    /// The numbers of the rows by identity, where a file may have each only once.
    private var listed: [[String]: Int] = [:]
    /// The actions that are added up.
    private var summed: [any Action] = []
    /// What stood before, where the rows are compared with it.
    private var standing: StandingRows
    /// Whether money has neither time nor number: then only the whole file tells whether it stands already.
    private var isUnknown = false

    init(run: ImportRun, table: ImportTable, zone: Zone) {
        (self.run, self.table, self.zone) = (run, table, zone)
        hasOwnMoment = table.kind.action.description.contains { $0.key == "at" }
        standing = StandingRows(table.kind)
    }

    mutating func repeats(_ receipt: Receipt) {
        (result.id, result.imported, result.isRepeated) = (Ref(receipt.id), table.rows.count, true)
    }

    mutating func perform(in batch: inout Store.Batch) throws {
        let kind = table.kind
        if run.skipsKnown || kind.isMoney && !run.allowsTwice {
            standing = try batch.withWholeState { StandingRows(kind, kind.records($0)) }
        }
        var contents: [[String: String]] = []
        for (index, row) in rowsInOrder.enumerated() {
            do {
                let texts = try perform(row, in: &batch)
                if kind.isMoney { contents.append(texts) }
            } catch let refusal as Refusal {
                refuse(row, refusal)
            }
            try run.progress(index + 1)
        }
        let digest = kind.isMoney ? Import.digest(of: contents) : nil
        if let digest, isUnknown, !run.allowsTwice, refused.isEmpty {
            try batch.withWholeState { try $0.imports.refuse(repeating: digest, in: $0) }
        }
        if !refused.isEmpty { throw RefusedRows(rows: refused.sorted { $0.number < $1.number }) }
        noteGone()
        result.sums = kind.sums?(summed)
        guard result.imported > 0, !run.isDry else { return }
        result.id = try batch.recordImport(kind.name, rows: result.imported, contents: digest)
    }

    /// Rows of money in the order of their dates, those last that take what the others leave (Rules, Allocation).
    private var rowsInOrder: [ImportTable.Row] {
        guard let money = table.kind.money else { return table.rows }
        typealias Place = (isRest: Int, at: Moment, index: Int)
        let places = table.rows.enumerated().map { index, row -> Place in
            let texts = ((try? row.members.get()) ?? [:]).compactMapValues { value -> String? in
                if case .string(let text) = value { text } else { nil }
            }
            let at = texts["at"].flatMap { try? Moment(typed: $0, zone: zone, dateMeansEnd: false) }
            return (money.isRest(texts) ? 1 : 0, at ?? run.at ?? .distantFuture, index)
        }
        return places.sorted { $0 < $1 }.map { table.rows[$0.index] }
    }

    private mutating func refuse(_ row: ImportTable.Row, _ refusal: Refusal) {
        let column = refusal.field.flatMap { table.columnNames[$0] }
        let typed: String? =
            if let field = refusal.field, case .string(let text)? = (try? row.members.get())?[field] { text } else {
                nil
            }
        refused.append(RefusedRows.Row(number: row.number, refusal: refusal, column: column, typed: typed))
    }

    /// Records a row unless it is to be passed over. Returns its canonical texts.
    private mutating func perform(_ row: ImportTable.Row, in batch: inout Store.Batch) throws -> [String: String] {
        var members = try row.members.get()
        var moment = run.at
        if !hasOwnMoment, case .string(let text)? = members.removeValue(forKey: "at") {
            do { moment = try Moment(typed: text, zone: zone, dateMeansEnd: false) } catch let refusal as Refusal {
                throw refusal.about("at")
            }
        }
        let action = try table.kind.action.read(members, zone: zone)
        if table.kind.isOnceAFile {
            var texts = action.texts(in: zone)
            if let moment, !hasOwnMoment { texts["at"] = moment.text(in: zone) }
            try refuseSecond(row, table.kind.identity(of: texts))
        }
        if run.isDry, table.kind.sums != nil { summed.append(action) }
        let amount = run.isDry ? (action as? any MoneyFlow)?.signed ?? amount(of: members) : .zero
        let isMoney = table.kind.isMoney
        if !isMoney, !run.skipsKnown {
            note(row, try batch.perform(action, at: moment))
            count(amount)
            return [:]
        }
        // By the names that stand now: a file may have a unit's former code.
        var texts = try batch.withState { action.withCurrentNames(in: $0) }.texts(in: zone)
        if let moment, !hasOwnMoment { texts["at"] = moment.text(in: zone) }
        let isRepeated = isMoney && !run.allowsTwice && !standing.isNew(texts)
        if run.skipsKnown, let former = standing.take(texts) {
            pass(row, texts, former)
            return texts
        }
        if isRepeated { throw ImportWork.listedTwice }
        if isMoney, !run.allowsTwice, !run.skipsKnown, standing.former(of: texts) != nil { throw ImportWork.doubled }
        note(row, try batch.perform(action, at: moment))
        if let money = table.kind.money {
            if texts["at"] == nil, texts[money.number] == nil { isUnknown = true }
        } else {
            standing.add(texts)
        }
        count(amount)
        return texts
    }

    /// Throws ``Refusal`` `import.repeated` for a row about what an earlier one is about.
    private mutating func refuseSecond(_ row: ImportTable.Row, _ identity: [String]) throws {
        guard let first = listed[identity] else { return listed[identity] = row.number }
        let name = identity.filter { !$0.isEmpty }.joined(separator: " ")
        throw Refusal(
            .input, "import.repeated", "\(name) 在第 \(first) 行和第 \(row.number) 行各有一次：只留一行",
            en: "\(name) is in line \(first) and in line \(row.number): leave one of them",
            field: table.kind.identity[0])
    }

    private mutating func note(_ row: ImportTable.Row, _ receipt: Receipt) {
        for code in receipt.warnings { result.warnings[code, default: []].append(row.number) }
    }

    private mutating func count(_ amount: Money) {
        result.imported += 1
        if amount < .zero { result.outgoing -= amount } else { result.amount += amount }
    }

    private func amount(of members: [String: JSONValue]) -> Money {
        guard case .string(let text)? = members["amount"] else { return .zero }
        return (try? Money(text: text, zone: zone)) ?? .zero
    }

    private static let doubled = Refusal.rule(
        "import.doubled", "这一笔已经有了（单号相同，或同一户、金额、时间、方式）；确实是另一笔的，命令行加 --twice",
        en:
            "this is recorded already (same slip number, or same unit, amount, time and method); if it is another one, use --twice"
    )
    private static let listedTwice = Refusal.rule(
        "import.doubled", "文件里前面已有同样的一行；确实是另一笔的，命令行加 --twice",
        en: "the file has the same row above; if it is another payment, use --twice")

    private mutating func pass(
        _ row: ImportTable.Row, _ texts: [String: String], _ former: [String: String]
    ) {
        result.known += 1
        // A value that the file does not have is not another one.
        let fields = table.kind.fields.filter { field in
            texts[field.key].map { $0 != former[field.key] ?? "" } ?? false && field.key != "at"
                && table.kind.money?.hints.contains(field.key) != true
        }
        if fields.isEmpty { return }
        func words(_ language: Language) -> String {
            fields.map { "\($0.label[language]) \(former[$0.key] ?? "—") → \(texts[$0.key] ?? "")" }
                .joined(separator: language == .chinese ? "，" : ", ")
        }
        let name = table.kind.identity(of: texts).filter { !$0.isEmpty }.joined(separator: " ")
        result.differing.append(
            Label("第 \(row.number) 行 \(name)：\(words(.chinese))", en: "row \(row.number) \(name): \(words(.english))"))
    }

    /// What stands and is not in the file. Money that was received is not gone because a file does not list it.
    private mutating func noteGone() {
        guard run.skipsKnown, !table.kind.isMoney else { return }
        result.gone = standing.gone.map { $0.joined(separator: " ") }.sorted()
    }
}
