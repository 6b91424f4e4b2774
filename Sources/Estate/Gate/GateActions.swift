import Foundation
import Handbook
import Journal

/// The roles that keep the gate.
let gateRoles: Set<Role> = [.guard, .operator, .supervisor]

/// The purposes of a visit that the handbook lists.
public enum Purposes: WordList {
    public static func words(in estate: Estate) -> [Candidate] { estate.handbook.gate.purposes.map { Candidate($0) } }
}

/// The kinds of documents that a guard may check, and the word for one that was merely seen.
public enum Documents: WordList {
    public static func words(in estate: Estate) -> [Candidate] {
        (estate.handbook.gate.documents.kinds + [estate.handbook.gate.documents.verified]).map { Candidate($0) }
    }
}

/// A visitor comes in (7.9). A plate never blocks the guard; of a document only the kind and the last four characters
/// are kept.
public struct ArriveVisitor: Action {
    public static let name = "visitor.arrive"
    public static let label = Label("来访登记", en: "Register a visitor")
    public static let roles = gateRoles
    var name = Name.placeholder
    var host = Host.placeholder
    var purpose = Word<Purposes>.placeholder
    var plate: Plate?
    var phone: Phone?
    var count: Int?
    var document: Word<Documents>?
    /// Whether to register the visitor even if somebody with the same plate or name is inside.
    var again: Bool?
    /// When the visitor came in, if not with the action.
    var seen: Moment?

    public init() {}

    public init(
        name: String, host: Host, purpose: String, plate: Plate? = nil, phone: Phone? = nil, count: Int? = nil,
        document: String? = nil, again: Bool? = nil
    ) {
        (self.name, self.host, self.purpose, self.plate) = (Name(name), host, Word(purpose), plate)
        (self.phone, self.count, self.document) = (phone, count, document.map { Word($0) })
        self.again = again
    }

    public init(name: String, host: UnitCode, purpose: String, plate: Plate? = nil, count: Int? = nil) {
        (self.name, self.host, self.purpose) = (Name(name), Host(host.text), Word(purpose))
        (self.plate, self.count) = (plate, count)
    }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("name", &name)
        try visitor.field("host", &host, .host)
        try visitor.field("purpose", &purpose)
        try visitor.field("plate", &plate)
        try visitor.field("phone", &phone)
        try visitor.field("count", &count, .party)
        try visitor.field("document", &document)
        try visitor.field("again", &again, Label("已在场仍登记", en: "Inside already, register again"))
        try visitor.field("seen", &seen, Label("时间（若不是现在）", en: "Time, if not now"))
    }

    /// A person is asked once the form is filled in.
    public static func asks(for key: String, with values: [String: String]) -> Bool { key != "again" }

    public static var numbered: Set<String> { ["purpose"] }

    public static func earlier(_ key: String, in estate: Estate, at moment: Moment) -> [Candidate] {
        switch key {
        case "name":
            estate.frequentNames(except: estate.awaited(on: Day(moment, in: estate.zone))) + deliveries(in: estate)
        case "plate": estate.gate.frequent { $0.plate?.text }
        default: []
        }
    }

    /// Who was registered in advance for the day, with the host and the plate.
    public static func due(_ key: String, in estate: Estate, at moment: Moment) -> [Candidate] {
        key == "name" ? estate.awaited(on: Day(moment, in: estate.zone)).compactMap(\.candidate) : []
    }

    /// Who brings things is called by the purpose, which comes with it.
    private static func deliveries(in estate: Estate) -> [Candidate] {
        let known = Set(estate.handbook.gate.purposes)
        return ["快递", "外卖", "送货"].filter(known.contains).map { Candidate("\($0)员", others: ["purpose": $0]) }
    }

    public func perform(_ plan: inout Plan, in estate: Estate) throws {
        let host = try host.resolve(in: estate)
        let at = try seen.map(plan.past) ?? plan.at
        if count == 0 {
            throw Refusal(.input, "visitor.count", "人数至少为 1", en: "at least one visitor came", field: "count")
        }
        if again != true {
            if let plate, let known = estate.inside(with: plate) {
                throw Refusal(
                    .rule, "visitor.inside", "\(plate.text) 已在场（\(known.name) \(known.hostName)）；确为再次登记写 again=yes",
                    en:
                        "\(plate.text) is inside already (\(known.name) \(known.hostName)); again=yes registers it again",
                    field: "plate")
            }
            if estate.inside(named: name.text) != nil { plan.warn("visitor.doubled") }
        }
        for verdict in estate.verdicts(name: name.text, host: host.unit, plate: plate, at: at) {
            verdict.warning.map { plan.warn($0) }
        }
        let visit = ExpectedVisit(name: name.text, host: host.unit, purpose: purpose.text)
        for notice in estate.notices(of: visit, at: at) { plan.warn(notice.code) }
        let expected = estate.expected(name: name.text, host: host.unit, plate: plate, at: at)
        plan.record(
            VisitorArrived(
                name: Particular(name.text), host: host.unit, resident: host.resident, purpose: purpose.text,
                plate: Particular(plate), phone: Particular(phone), count: count,
                document: Particular(
                    document.map { ArriveVisitor.minimal($0.text, by: estate.handbook.gate.documents) }),
                post: estate.post(of: plan.by, at: at), hostState: host.recordedState,
                hostWords: Particular(host.words), expected: expected?.id), at: at)
    }

    /// The document's kind and the last characters of its number. Of several numbers only the longest is kept, and text
    /// behind it is dropped.
    static func minimal(_ document: String, by rule: Handbook.Gate.Documents) -> String {
        let words = document.halfwidth
        // Letters and digits with a digit among them, and more of the same behind spaces or signs.
        let number = /[A-Za-z]*[0-9][A-Za-z0-9]*(?:[^\p{L}\p{N}]+[A-Za-z]*[0-9][A-Za-z0-9]*)*/
        func signs(_ text: Substring) -> [Character] {
            text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.map(\.self)
        }
        let longest = words.matches(of: number).max { signs($0.output).count < signs($1.output).count }
        guard let longest, signs(longest.output).count > rule.lastCharacters else { return words }
        let kind = words[..<longest.range.lowerBound].replacing(number) {
            signs($0.output).count > rule.lastCharacters ? "" : String($0.output)
        }
        let name = kind.trimmingCharacters(in: .whitespaces.union(.punctuationCharacters))
        return "\(name) \(String(signs(longest.output).suffix(rule.lastCharacters)))".halfwidth
    }
}

/// A visitor came in.
struct VisitorArrived: Fact {
    static let kind: StaticString = "visitor.arrived"
    static var merging: Merging<Self> { .grows }
    static let action: (any Action.Type)? = ArriveVisitor.self
    var name = Particular("")
    var host = UnitCode.placeholder
    var resident: Ref<Person>?
    var purpose = ""
    var plate = Particular<Plate?>(nil)
    var phone = Particular<Phone?>(nil)
    var count: Int?
    var document = Particular<String?>(nil)
    /// `nil` in older lines: the main post.
    var post: String?
    /// Set only for a host whom the estate does not know.
    var hostState: HostState?
    var hostWords = Particular<String?>(nil)
    /// The registration in advance that the arrival fulfils.
    var expected: Ref<ExpectedVisitor>?

    mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.particular("name", &name)
        try visitor.field("host", &host)
        try visitor.field("resident", &resident)
        try visitor.field("purpose", &purpose)
        try visitor.particular("plate", &plate)
        try visitor.particular("phone", &phone)
        try visitor.field("count", &count)
        try visitor.particular("document", &document)
        try visitor.field("post", &post)
        try visitor.field("hostState", &hostState, .hostState)
        try visitor.particular("hostWords", &hostWords, .hostWords)
        try visitor.field("expected", &expected, .expectedVisitor)
    }

    func apply(to estate: inout Estate, _ metadata: Metadata) {
        estate.gate.add(
            Visit(
                id: Ref(metadata.id), visitor: Visitor(name: name, plate: plate, phone: phone, document: document),
                host: host, hostWords: hostWords, resident: resident, purpose: purpose, count: count ?? 1,
                arrived: metadata.at,
                by: metadata.by, post: post.map(Posts.canonical) ?? Gate.mainPost, recordedHostState: hostState))
        if let expected { estate.gate.lists.arrive(expected, with: Ref(metadata.id)) }
    }
}

extension Plan {
    /// The moment, unless it lies ahead of the clock. Throws ``Refusal`` `time.future`.
    fileprivate func past(_ moment: Moment) throws -> Moment {
        if moment > now.adding(seconds: Store.tolerance) {
            throw Refusal(.rule, "time.future", "不能记录未来的事", en: "what is to come cannot be recorded", field: "seen")
        }
        return moment
    }
}
