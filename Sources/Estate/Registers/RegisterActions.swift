import Handbook
import Journal

private let registerRoles: Set<Role> = [.guard, .operator, .supervisor]

extension Label {
    static let entry = Label("登记", en: "Entry")
    static let register = Label("登记簿", en: "Register")
    static let thing = Label("物品", en: "What")
    static let pieces = Label("件数", en: "How many")
    static let registrant = Label("谁", en: "Who")
    static let witness = Label("业主确认/见证", en: "Owner's word or witness")
    static let fetched = Label("交给谁", en: "Given to")
}

/// An entry of a register: goods that are to leave, a key that is lent, a parcel, lost property.
///
/// A tenant's removal without the owner's word, and unpaid fees, never block it. Fees are told to nobody at the gate.
public struct AddEntry: ActionFact {
    public static let name = "register.add"
    static let kind: StaticString = "register.added"
    static var merging: Merging<Self> { .grows }
    public static let label = Label("登记物品", en: "Add to a register")
    public static let roles = registerRoles
    var register = RegisterKind.goods
    var what = ""
    var who = Particular("")
    var unit: UnitCode?
    var count: Int?
    var due: Day?
    var witness = Particular<String?>(nil)
    var phone = Particular<Phone?>(nil)
    /// Whether it is a removal that needs the owner's word, which was not given.
    var lacksOwner: Bool?

    public init() {}

    public init(
        register: RegisterKind, what: String, who: String, unit: UnitCode? = nil, count: Int? = nil, due: Day? = nil,
        witness: String? = nil
    ) {
        (self.register, self.what, self.who, self.unit) = (register, what, Particular(who), unit)
        (self.count, self.due, self.witness) = (count, due, Particular(witness))
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("register", &register, .register)
        try visitor.field("what", &what, .thing)
        try visitor.particular("who", &who, .registrant)
        try visitor.field("unit", &unit)
        try visitor.field("count", &count, .pieces)
        try visitor.field("due", &due)
        try visitor.particular("witness", &witness, .witness)
        try visitor.particular("phone", &phone)
        try visitor.derived("lacksOwner", &lacksOwner)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        if let unit { try estate.people.check(unit) }
        if count == 0 {
            throw Refusal(.input, "register.count", "件数至少为 1", en: "at least one piece", field: "count")
        }
        what = what.oneLine
        let name = (who.value ?? "").oneLine
        who = Particular(name.plain.oneName ?? name)
        witness = witness.map { $0?.oneLine }
        if due == nil {
            due = estate.dueDay(of: register, from: plan.at)
        } else if let due, due < Day(plan.at, in: estate.zone) {
            throw Refusal(
                .rule, "register.due", "期限早于登记的日子", en: "it would be due before it is registered", field: "due")
        }
        let isMissing = witness.value.flatMap { $0 } == nil
        lacksOwner = isMissing && estate.needsOwner(register, by: name, from: unit, at: plan.at) ? true : nil
        if lacksOwner == true { plan.warn("register.owner") }
        if estate.arrears(of: unit, on: register, toldTo: plan.by, at: plan.at) != nil { plan.warn("register.arrears") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.registers.add(
            RegisterEntry(
                id: Ref(metadata.id), register: register, what: what, who: who, unit: unit, count: count ?? 1, due: due,
                witness: witness, phone: phone, lacksOwner: lacksOwner ?? false, since: metadata.at, by: metadata.by))
    }
}

extension AddEntry {
    public static func earlier(_ key: String, in estate: Estate) -> [Candidate] {
        key == "what" ? distinct(estate.registers.all.values.reversed().lazy.map(\.what)) : []
    }

    /// The residents of the unit: who asks, or the owner who agrees.
    public static func candidates(
        for key: String, with values: [String: String], in estate: Estate
    ) -> [Candidate] {
        guard key == "who" || key == "witness",
            let unit = try? UnitCode(text: values["unit"] ?? "", zone: estate.zone)
        else { return earlier(key, in: estate) }
        let residents = estate.people.residents(of: estate.people.current(unit))
        return (key == "who" ? residents : residents.filter { $0.role == .owner }).map {
            Candidate($0.name, detail: $0.role.label)
        }
    }

    public static func proposals(
        with values: [String: String], to member: String, in estate: Estate, at moment: Moment
    ) -> [String: String] {
        guard let register = values["register"].flatMap(RegisterKind.init),
            let due = estate.dueDay(of: register, from: moment)
        else { return [:] }
        return ["due": due.text]
    }

    /// The owner's word is asked for; unpaid fees are told to the desk alone.
    public static func cautions(
        with values: [String: String], by member: String, in estate: Estate
    ) -> [String: Label] {
        guard let register = values["register"].flatMap(RegisterKind.init), let text = values["unit"],
            let typed = try? UnitCode(text: text, zone: estate.zone)
        else { return [:] }
        let (unit, now) = (estate.people.current(typed), Moment(milliseconds: estate.latest.milliseconds))
        var cautions: [String: Label] = [:]
        if values["witness"]?.trimmed.isEmpty ?? true,
            estate.needsOwner(register, by: values["who"]?.trimmed ?? "", from: unit, at: now)
        {
            cautions["witness"] = Label("租户搬出：写明业主怎么确认；没有也登记，报主管", en: "a tenant's removal: how did the owner agree?")
        }
        if let owed = estate.arrears(of: unit, on: register, toldTo: member, at: now) {
            cautions["unit"] = Label(
                "欠费 \(owed.grouped)，只提示，不影响放行", en: "owes \(owed.grouped), which does not delay it")
        }
        return cautions
    }
}

extension Estate {
    /// The day until which an entry is due unless it says otherwise.
    func dueDay(of register: RegisterKind, from moment: Moment) -> Day? {
        handbook.registers.dueDays(of: register.rawValue).map { Day(moment, in: zone).adding($0) }
    }

    /// Whether goods that leave a unit need the owner's word: a tenant takes them, or, from a let unit, anybody but the
    /// owner.
    func needsOwner(_ register: RegisterKind, by who: String, from unit: UnitCode?, at moment: Moment) -> Bool {
        guard register == .goods, let unit else { return false }
        let roles = people.residents(of: unit).filter { $0.name == who }.map(\.role)
        if roles.contains(.owner) { return false }
        return roles.contains(.tenant) || isLet(unit, at: moment)
    }

    /// What a unit owes, for a member who may be told when goods leave it; `nil` for nothing, and for everybody else.
    func arrears(of unit: UnitCode?, on register: RegisterKind, toldTo member: String, at moment: Moment) -> Money? {
        guard register == .goods, let unit, let role = staff.members[member]?.role,
            handbook.registers.arrearsRoles.contains(role.rawValue)
        else { return nil }
        let owed = fees.arrears(of: unit, at: moment, zone: zone).reduce(Money.zero) { $0 + $1.owed }
        return owed > .zero ? owed : nil
    }
}

/// An entry ends: the goods left, the key is back, the parcel was fetched, the lost property claimed or handed over.
public struct CloseEntry: ActionFact {
    public static let name = "register.close"
    static let kind: StaticString = "register.closed"
    static var merging: Merging<Self> {
        .first { fact, estate, _ in
            estate.registers.all.value(of: fact.entry) {
                $0.isOpen ? nil : .doubled(Label("这一条已经了结", en: "the entry had been closed"))
            } ?? .unknown
        }
    }
    public static let label = Label("登记了结", en: "Close an entry")
    public static let roles = registerRoles
    var entry = Ref<RegisterEntry>.placeholder
    var who = Particular<String?>(nil)
    var note: String?
    var outcome: RegisterOutcome?
    var count: Int?

    public init() {}

    public init(entry: Ref<RegisterEntry>, who: String? = nil, note: String? = nil, outcome: RegisterOutcome? = nil) {
        (self.entry, self.who, self.note, self.outcome) = (entry, Particular(who), note, outcome)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("entry", &entry, .entry)
        try visitor.particular("who", &who, .fetched)
        try visitor.field("note", &note)
        try visitor.field("outcome", &outcome)
        try visitor.field("count", &count, .pieces)
    }

    var subject: EntryID? { entry.id }

    public func confirmation(in estate: Estate, at moment: Moment) -> Confirmation? {
        guard let known = estate.registers.all[entry], known.isOpen else { return nil }
        let word = (outcome ?? known.register.usualOutcome).label
        let today = Day(moment, in: estate.zone)
        let late =
            known.isOverdue(on: today) ? known.due.map { Label("期限 \($0.short) 已过", en: "due \($0.short)") } : nil
        return Confirmation(
            Label(
                "\(known.register.label.chinese)“\(known.thing)”现在\(word.chinese)？",
                en: "\(known.register.label.english) “\(known.thing)”: \(word.english) now?"),
            [
                .fact(.registrant, [known.who.text, known.unit?.text].compactMap { $0 }.joined(separator: " ")),
                known.lacksOwner
                    ? Label("没有业主的话：报主管，不强留", en: "without the owner's word: tell the supervisor") : nil,
                late, note.map { .fact(Glossary.label(of: "note"), $0) },
            ], yes: word)
    }

    mutating func decide(_ plan: inout Plan, in estate: Estate) throws {
        let known = try estate.registers.known(entry)
        if known.closing != nil {
            throw Refusal(.rule, "register.closed", "这一条已经了结", en: "the entry is closed already", field: "entry")
        }
        try plan.refuse(before: known.since, Label("登记", en: "the entry"))
        outcome = outcome ?? known.register.usualOutcome
        who = who.map { $0?.oneLine }
        if outcome == .police, note == nil { plan.warn("register.receipt") }
        if let count, count != known.count { plan.warn("register.count") }
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        let kind = estate.registers.all[entry]?.register ?? .other
        estate.registers.close(
            entry,
            .init(
                id: metadata.id, outcome: outcome ?? kind.usualOutcome, who: who, note: note, count: count,
                at: metadata.at,
                by: metadata.by))
    }
}
