import Estate
import Screen

/// A command on the selected line of a unit's card.
struct UnitCardCommand: Sendable {
    let name: String
    let label: Label
    let doc: Label
    let keys: [Key]
    let priority: Int
    /// The action that it leads to for what a line is about.
    let action: @Sendable (CardSubject) -> (any Action.Type)?
    /// The words for what it does there; `nil` for the label.
    let hint: @Sendable (CardSubject) -> Label?
    /// Why it cannot be used there, besides the member's role.
    let disabledReason: @Sendable (CardPlace) -> Label?
    let run: @Sendable (CardPlace) -> Intent

    init(
        _ name: String, _ label: Label, doc: Label, keys: [Key], priority: Int,
        action: @escaping @Sendable (CardSubject) -> (any Action.Type)? = { _ in nil },
        hint: @escaping @Sendable (CardSubject) -> Label? = { _ in nil },
        disabledReason: @escaping @Sendable (CardPlace) -> Label? = { _ in nil },
        run: @escaping @Sendable (CardPlace) -> Intent
    ) {
        (self.name, self.label, self.doc, self.keys, self.priority) = ("card.\(name)", label, doc, keys, priority)
        (self.action, self.hint, self.disabledReason, self.run) = (action, hint, disabledReason, run)
    }

    /// Why it cannot be used; `nil` if it can.
    func reason(at place: CardPlace, _ context: Context) -> Label? {
        disabledReason(place) ?? action(place.subject).flatMap { context.disabledReason($0) }
    }

    /// As the command table has it.
    fileprivate var command: Command {
        Command(
            name, label, doc: doc, keys: keys, priority: priority,
            action: { session in session.unitCard.flatMap { action($0.subject) } },
            disabledReason: { session, context in
                guard let place = CardPlace(session, context) else { return .noCard }
                return reason(at: place, context)
            },
            run: { session, context in CardPlace(session, context).map(run) ?? .none })
    }
}

extension Label {
    fileprivate static let noCard = Label("先用 F9 打开房号卡", en: "open a unit's card first (F9)")
    fileprivate static let notHere = Label("这一行用不上", en: "this line has no use for it")
    fileprivate static let noUnit = Label("这是地点，不是房屋", en: "this is a place, not a unit")
    fileprivate static let noPhone = Label("没有登记电话", en: "there is no telephone number")
}

/// The selected line of the open card, in its surroundings.
struct CardPlace {
    let unit: UnitCode
    let subject: CardSubject
    /// All panes, which may list the line's record; none while hints are made.
    let panes: [any Pane]
    let context: Context

    init?(_ session: Session, _ context: Context) {
        guard let card = session.unitCard else { return nil }
        self.init(card, context, panes: session.panes)
    }

    init(_ card: UnitCardLayer, _ context: Context, panes: [any Pane] = []) {
        (unit, subject, self.panes, self.context) = (card.unit, card.subject, panes, context)
    }

    /// The resident of the line, else the owner or another resident.
    var person: Person? {
        let people = context.estate.people
        if let id = subject.person { return people.persons[id] }
        return people.owner(of: unit) ?? people.residents(of: unit).first
    }

    /// The number of the line, else the first one of the resident.
    var phone: Phone? {
        if case .number(_, let phone) = subject { return phone }
        return person?.numbers.first?.phone
    }

    var isPlace: Bool { context.estate.people.units[unit] == nil }
}

extension Session {
    /// The open card with the keyboard.
    var unitCard: UnitCardLayer? { layers.last as? UnitCardLayer }
}

extension UnitCardCommand {
    static let all: [UnitCardCommand] = [
        UnitCardCommand(
            "open", Label("进入", en: "Go on"),
            doc: Label("住户致电，车辆和房屋更正，其余去到那条记录", en: "call, correct, or go to the record"),
            keys: [.enter], priority: 9,
            hint: { subject in
                switch subject {
                case .person, .number: .callThem
                case .vehicle, .unit: Label("更正", en: "Correct")
                case .record: Label("查看", en: "See it")
                case .text: nil
                }
            },
            disabledReason: { place in
                switch place.subject {
                case .person, .number: call.disabledReason(place) ?? place.context.disabledReason(RingCall.self)
                case .vehicle: place.context.disabledReason(ChangeVehicle.self)
                case .unit: place.isPlace ? .noUnit : place.context.disabledReason(ChangeUnit.self)
                case .record: nil
                case .text: .notHere
                }
            },
            run: { place in
                switch place.subject {
                case .person, .number: call.run(place)
                case .vehicle, .unit: correct.run(place)
                case .record(let id, let pane): seeing(id, in: pane, place)
                case .text: .none
                }
            }),
        call, report, correct, end, addPhone, addPerson, addVehicle,
        UnitCardCommand(
            "sell", SellUnit.label,
            doc: Label("登记新业主：原业主和家属搬离，租户留下", en: "a new owner: the former one and the family leave"),
            keys: [.control("g")], priority: 3, action: { _ in SellUnit.self }, disabledReason: unitOnly
        ) { place in
            .form(
                SellUnit.self, fixed: ["unit": place.unit],
                title: Label("过户 · \(place.unit.text)", en: "Sale · \(place.unit.text)"))
        },
        UnitCardCommand(
            "state", StateUnit.label,
            doc: Label("未交付、空置、自住、出租，从哪天起", en: "undelivered, vacant, own use, let, from which day"),
            keys: [.control("u")], priority: 2, action: { _ in StateUnit.self }, disabledReason: unitOnly
        ) { place in .form(StateUnit.self, fixed: ["unit": place.unit]) },
        UnitCardCommand(
            "reveal", Label("完整号码", en: "Whole number"),
            doc: Label("显示完整号码，谁看过会记录", en: "numbers in full; who looked is recorded"),
            keys: [.control("f")], priority: 4, action: { _ in RevealPhone.self },
            disabledReason: { place in place.person?.phone == nil ? .noPhone : nil }, run: revealing),
        UnitCardCommand(
            "history", HistoryView.label, doc: Label("这一户、这位住户谁在何时记了什么", en: "who recorded what about it, and when"),
            keys: [.control("\\")], priority: 2
        ) { place in .history(of: place.subject.person?.id.text ?? place.unit.text, place.context) },
    ]

    /// The same in the command table.
    static let commands: [Command] = all.map(\.command)

    private static let unitOnly: @Sendable (CardPlace) -> Label? = { $0.isPlace ? .noUnit : nil }

    private static let call = UnitCardCommand(
        "call", .callThem, doc: Label("拨这一行的号码，没有选人则拨业主", en: "call the number of the line, or the owner"),
        keys: [.control("o")], priority: 7, action: { _ in RingCall.self },
        disabledReason: { $0.phone == nil ? .noPhone : nil }
    ) { place in
        .several([
            .closeLayer,
            .calling(
                place.phone, named: place.person?.name, place.unit, about: place.person.map { .record($0.id.id) },
                place.context),
        ])
    }

    private static let report = UnitCardCommand(
        "report", Label("报事", en: "Report"),
        doc: Label("登记这一户或这个地点的报修、投诉和其他诉求", en: "a fault, a complaint or another demand here"),
        keys: [.function(8)], priority: 8, action: { _ in OpenRequest.self }
    ) { place in
        .form(
            OpenRequest.self, prefill: ["class": RequestClass.minorRepair], fixed: ["unit": Location(place.unit)],
            title: Label("报事 · \(place.unit.text)", en: "Report · \(place.unit.text)"))
    }

    private static let correct = UnitCardCommand(
        "correct", Label("更正", en: "Correct"),
        doc: Label("更正这一行：姓名、身份、号码备注、车辆、面积、房号", en: "name, relation, note, vehicle, area, code"),
        keys: [.control("e")], priority: 6,
        action: { subject in
            switch subject {
            case .person: ChangePerson.self
            case .number: AddPhone.self
            case .vehicle: ChangeVehicle.self
            case .unit: ChangeUnit.self
            case .record, .text: nil
            }
        },
        disabledReason: { place in
            switch place.subject {
            case .record, .text: .notHere
            case .unit where place.isPlace: .noUnit
            default: nil
            }
        }, run: correcting)

    private static let end = UnitCardCommand(
        "end", Label("搬离", en: "Left"),
        doc: Label("住户搬离，删除号码，注销车辆（先问）", en: "a resident left, a number or vehicle is no longer theirs"),
        keys: [.control("r")], priority: 5,
        action: { subject in
            switch subject {
            case .person: LeavePerson.self
            case .number: RemovePhone.self
            case .vehicle: RemoveVehicle.self
            case .unit, .record, .text: nil
            }
        },
        hint: { subject in
            switch subject {
            case .number: Label("删除号码", en: "Remove")
            case .vehicle: Label("注销", en: "Remove")
            default: nil
            }
        },
        disabledReason: { place in
            switch place.subject {
            case .unit, .record, .text: .notHere
            default: nil
            }
        }
    ) { place in
        switch place.subject {
        case .person(let id):
            let name = place.person?.name ?? ""
            return .perform(LeavePerson(person: id), done: Label("\(name) 已登记搬离", en: "\(name) has left"))
        case .number(let id, let phone):
            return .perform(
                RemovePhone(person: id, phone: phone), done: Label("号码已删除", en: "the number is removed"))
        case .vehicle(let plate):
            return .perform(
                RemoveVehicle(plate: plate), done: Label("\(plate.text) 已注销", en: "\(plate.text) is removed"))
        case .unit, .record, .text: return .none
        }
    }

    private static let addPhone = UnitCardCommand(
        "phone", Label("加号码", en: "Add number"),
        doc: Label("给这位住户添加一个号码，可写备注", en: "a further number of this resident, with a note"),
        keys: [.control("n")], priority: 3, action: { _ in AddPhone.self },
        disabledReason: { $0.person == nil ? .notHere : nil }
    ) { place in
        guard let person = place.person else { return .none }
        return .form(
            AddPhone.self, fixed: ["person": person.id],
            title: Label("添加电话 · \(place.unit.text) \(person.name)", en: "Add a number · \(person.name)"))
    }

    private static let addPerson = UnitCardCommand(
        "person", Label("加住户", en: "Add resident"),
        doc: Label("登记这一户的业主、家属或租户", en: "an owner, relative or tenant of this unit"),
        keys: [.control("a")], priority: 3, action: { _ in AddPerson.self }, disabledReason: unitOnly
    ) { place in
        .form(
            AddPerson.self, fixed: ["unit": place.unit],
            title: Label("登记住户 · \(place.unit.text)", en: "Add a resident · \(place.unit.text)"))
    }

    private static let addVehicle = UnitCardCommand(
        "vehicle", Label("加车辆", en: "Add vehicle"), doc: Label("登记这一户的车辆", en: "a vehicle of this unit"),
        keys: [.control("b")], priority: 2, action: { _ in AddVehicle.self }, disabledReason: unitOnly
    ) { place in
        .form(
            AddVehicle.self, fixed: ["unit": place.unit],
            title: Label("登记车辆 · \(place.unit.text)", en: "Add a vehicle · \(place.unit.text)"))
    }

    @Sendable private static func correcting(_ place: CardPlace) -> Intent {
        let people = place.context.estate.people
        switch place.subject {
        case .person(let id):
            guard let known = people.persons[id] else { return .none }
            // An empty number stays as it is, so the form does not begin there.
            let number = known.numbers.first.map { " \($0.phone.masked)" } ?? ""
            return .form(
                ChangePerson.self, prefill: ["name": PersonName(known.name), "role": known.role], fixed: ["person": id],
                first: "name",
                title: Label(
                    "更正住户 · \(place.unit.text) \(known.name)\(number)", en: "Correct · \(known.name)\(number)"))
        case .number(let id, let phone):
            let note = people.persons[id]?.numbers.first { $0.phone == phone }?.note
            return .form(
                AddPhone.self, prefill: ["note": note], fixed: ["person": id, "phone": phone], required: ["note"],
                title: Label("号码备注 · \(phone.masked)", en: "Note · \(phone.masked)"), done: .numberNote)
        case .vehicle(let plate):
            return .form(
                ChangeVehicle.self, fixed: ["plate": plate],
                title: Label("更正车辆 · \(plate.text)（现在 \(place.unit.text)）", en: "Correct · \(plate.text)"))
        case .unit:
            guard let known = people.units[place.unit] else { return .none }
            return .form(
                ChangeUnit.self, prefill: ["area": known.area, "kind": known.kind], fixed: ["unit": place.unit],
                first: "area",
                title: Label("更正房号 · \(place.unit.text)", en: "Correct · \(place.unit.text)"))
        case .record, .text: return .none
        }
    }

    /// Goes to a record in the pane that lists it, or shows its history.
    private static func seeing(_ id: String, in name: String, _ place: CardPlace) -> Intent {
        let pane = place.panes.first { $0.name == name }
        guard pane?.lists(id) == true else { return .history(of: id, place.context) }
        return .several([
            .closeLayer, .show(Hit(pane: name, id: id, words: [], rank: Rank(.exact, length: 0))),
        ])
    }

    /// Records who looks at the numbers, then shows them.
    @Sendable private static func revealing(_ place: CardPlace) -> Intent {
        guard let person = place.person else { return .none }
        let lines = person.numbers.map { number in
            Line([Span(number.phone.text, .strong), Span(number.note.map { "  \($0)" } ?? "", .muted)])
        }
        let title = Label("完整号码 · \(person.name)", en: "Whole numbers · \(person.name)")
        return .perform(
            RevealPhone(person: person.id), done: .revealed,
            then: [.open(DetailLayer(title: Line(place.context(title), .title), lines: lines))])
    }
}

extension Label {
    /// Said where a number is shown in full.
    static let revealed = Label("查看已记录", en: "recorded who looked")
}
