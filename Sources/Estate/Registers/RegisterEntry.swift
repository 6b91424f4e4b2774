import Handbook
import Journal

/// The registers of one form (登记簿).
public enum RegisterKind: String, NamedChoice {
    case goods, key, parcel, lost, other

    public var label: Label {
        switch self {
        case .goods: Label("放行条", en: "goods leaving")
        case .key: Label("钥匙", en: "key")
        case .parcel: Label("代收物品", en: "parcel")
        case .lost: Label("失物", en: "lost property")
        case .other: Label("其他", en: "other")
        }
    }

    public var synonyms: [String] {
        switch self {
        case .goods: ["物品放行", "出门条", "搬家"]
        case .key: ["门禁卡", "借用钥匙", "遥控器"]
        case .parcel: ["快递", "代收", "包裹"]
        case .lost: ["失物招领", "拾物", "拾获"]
        case .other: []
        }
    }

    /// What usually becomes of an entry.
    var usualOutcome: RegisterOutcome {
        switch self {
        case .goods: .left
        case .key, .other: .returned
        case .parcel, .lost: .claimed
        }
    }
}

/// What became of an entry.
public enum RegisterOutcome: String, NamedChoice {
    case returned, claimed, police, discarded, left

    public var label: Label {
        switch self {
        case .returned: Label("已还", en: "returned")
        case .claimed: Label("领走", en: "claimed")
        case .police: Label("交公安", en: "handed to the police")
        case .discarded: Label("作废", en: "cancelled")
        case .left: Label("放行", en: "left")
        }
    }
}

/// One entry of a register: what came in or is to go out, of whom, and until when.
public struct RegisterEntry: Entity, Sendable {
    public static let entity = "register"
    public static let label = Label("登记", en: "entry")
    public let id: Ref<RegisterEntry>
    public let register: RegisterKind
    public let what: String
    public let who: Particular<String>
    public internal(set) var unit: UnitCode?
    public let count: Int
    public let due: Day?
    /// Of a tenant's removal who gave the owner's word; else who saw it.
    public let witness: Particular<String?>
    public let phone: Particular<Phone?>
    /// Whether it is a removal that needs the owner's word, which was not given.
    public let lacksOwner: Bool
    public let since: Moment
    public let by: String
    public internal(set) var closing: Closing?

    /// The end of an entry.
    public struct Closing: Sendable {
        let id: EntryID
        public let outcome: RegisterOutcome
        /// Who fetched it.
        public let who: Particular<String?>
        public let note: String?
        /// How many left or were given back.
        public let count: Int?
        public let at: Moment
        public let by: String
    }

    public var isOpen: Bool { closing == nil }

    /// Whether it is still open after its due day.
    public func isOverdue(on today: Day) -> Bool { isOpen && (due.map { $0 < today } ?? false) }

    /// Who brought, borrows, takes or found it, or that the particulars have ended.
    public var name: String { who.text }

    /// 冰箱 ×2.
    public var thing: String { count > 1 ? "\(what) ×\(count)" : what }
}

extension RegisterEntry {
    /// The open entries, the latest first.
    public static func candidates(in estate: Estate) -> [Candidate] {
        estate.registers.open.reversed().map {
            Candidate(
                $0.id.id.text, text: $0.words(in: estate), detail: $0.register.label)
        }
    }

    public static func known(_ id: Ref<RegisterEntry>, in estate: Estate) -> RegisterEntry? { estate.registers.all[id] }

    public func words(in estate: Estate) -> String {
        [thing, who.text, unit?.text].compactMap { $0 }.joined(separator: " ")
    }
}

/// The entries of all registers.
public struct Registers: Sendable {
    public private(set) var all = EntityTable<RegisterEntry>()
    private var openIDs: [Ref<RegisterEntry>] = []

    /// Those that are not closed, in order.
    public var open: [RegisterEntry] { openIDs.compactMap { all[$0] } }

    mutating func add(_ entry: RegisterEntry) {
        all.add(entry)
        openIDs.append(entry.id)
    }

    mutating func close(_ id: Ref<RegisterEntry>, _ closing: RegisterEntry.Closing) {
        all.change(id) { $0.closing = closing }
        openIDs.removeAll { $0 == id }
    }

    fileprivate mutating func rename(_ unit: UnitCode, to code: UnitCode) {
        for entry in all.values where entry.unit == unit { all.change(entry.id) { $0.unit = code } }
    }

    func known(_ id: Ref<RegisterEntry>) throws -> RegisterEntry {
        guard let entry = all[id] else { throw id.unknown }
        return entry
    }
}

extension Registers: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Registers.self]
    static let actions: [any Action.Type] = [AddEntry.self, CloseEntry.self]
    static let views: [any View.Type] = [RegistersView.self]
    static let reports: [any Report.Type] = [ReleaseSlip.self]
    static let entities: [any Entity.Type] = [RegisterEntry.self]
    static let duties = [duty]

    static let warnings = [
        "register.owner": Label("没有业主的话：登记、报主管，不强留", en: "without the owner's word: tell the supervisor, keep nobody"),
        "register.arrears": Label("有欠费，只提示，不影响放行", en: "fees are owed, which does not delay it"),
        "register.count": Label("件数不符", en: "the count differs"),
        "register.receipt": Label("没有写公安的收据号", en: "without the number of the police's receipt"),
    ]

    /// Open entries, and those of the last days.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.registers.all.values.filter { entry in
            entry.closing.map { $0.at >= window.since } ?? true || entry.since >= window.since
        }.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func personRecords(in estate: Estate, latest count: Int) -> [PersonRecord] {
        estate.registers.all.values.suffix(count).reversed().compactMap { entry in
            PersonRecord(
                entry.id.id, RegisterEntry.entity,
                names: [entry.who.value, entry.witness.value ?? nil, entry.closing.flatMap { $0.who.value ?? nil }],
                phones: [entry.phone.value ?? nil],
                about: [entry.thing, entry.unit?.text, Day(entry.since, in: estate.zone).text])
        }
    }

    static func rename(_ unit: UnitCode, to code: UnitCode, in estate: inout Estate) {
        estate.registers.rename(unit, to: code)
    }

    static func needsParticulars(of record: EntryID, in estate: Estate, on day: Day) -> Label? {
        estate.registers.all[Ref(record)].flatMap {
            $0.isOpen ? Label("登记还没有了结", en: "the entry is still open") : nil
        }
    }

    /// What is overdue is told at the handover of a shift.
    static func handoverNotes(in estate: Estate, at moment: Moment) -> [Label] {
        let today = Day(moment, in: estate.zone)
        return estate.registers.open.filter { $0.isOverdue(on: today) }.map { entry in
            let (words, due) = (entry.words(in: estate), entry.due?.short ?? "")
            return Label(
                "\(entry.register.label.chinese)逾期（\(due)）：\(words)",
                en: "\(entry.register.label.english) overdue (\(due)): \(words)")
        }
    }
}
