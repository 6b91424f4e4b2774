import Testing

@testable import Estate

@Suite("Names and words")
struct VocabularyTests {
    @Test("every action, and every field of it, has its words in both languages")
    func actions() {
        for action in Estate.actions {
            check(action.label, action.name)
            for field in action.description { check(field.label, "\(action.name).\(field.key)") }
        }
    }

    @Test("every view, its parameters and its columns have their words in both languages")
    func views() {
        for view in Estate.views {
            check(view.label, view.name)
            for field in view.description { check(field.label, "\(view.name)?\(field.key)") }
            for column in view.columnDescriptions { check(column.label, "\(view.name).\(column.key)") }
        }
    }

    private func check(_ label: Label, _ what: String) {
        #expect(!label.chinese.isEmpty, "\(what) has no Chinese")
        #expect(!label.english.isEmpty, "\(what) has no English")
        #expect(label.english.utf8.allSatisfy { $0 < 0x80 } || label.english.contains { "–—".contains($0) }, "\(what)")
    }

    @Test("every choice has its words, different from each other's")
    func choices() {
        let fields =
            Estate.actions.flatMap { $0.description } + Estate.views.flatMap { $0.description + $0.columnDescriptions }
        for field in fields {
            guard case .choice(let choices) = field.type else { continue }
            #expect(Set(choices.map(\.label.chinese)).count == choices.count, "\(field.key)")
            #expect(choices.allSatisfy { !$0.label.chinese.isEmpty && !$0.label.english.isEmpty }, "\(field.key)")
        }
    }

    @Test("names are unique, and so are the keys of a record")
    func unique() {
        #expect(Set(Estate.actions.map { $0.name }).count == Estate.actions.count)
        #expect(Set(Estate.views.map { $0.name }).count == Estate.views.count)
        for keys in Estate.actions.map({ $0.description }) + Estate.views.map({ $0.columnDescriptions }) {
            #expect(Set(keys.map(\.key)).count == keys.count)
        }
    }

    @Test(
        "an action has the fields that scripts rely on, the optional ones marked",
        arguments: [
            ("unit.add", "unit area?"), ("person.add", "name unit role phone?"), ("vehicle.add", "plate unit"),
            ("staff.add", "staff name role"), ("call.ring", "direction? phone?"), ("call.answer", "call rings"),
            ("call.demand", "call text"), ("call.settle", "demand outcome to? note?"),
            ("call.say", "call words"), ("call.fetch", "call who? asked softly"), ("call.back", "call"),
            ("call.end", "call closing? hungUp?"), ("call.hold", "call consent"), ("call.resume", "call apology"),
            ("request.open", "class unit text from? to? call?"), ("request.complete", "request workers?"),
            ("request.assign", "request to due?"), ("request.progress", "request note"),
            ("request.reopen", "request why"), ("event.attend", "request unit"),
            (
                "followup.record",
                "followup result visitors signer? quality? effect? satisfaction? shortcomings? suggestions?"
            ),
            ("followup.rectified", "followup"), ("bill.issue", "unit period item amount due"),
            ("bill.reduce", "bill amount why"), ("payment.receive", "unit amount period? method?"),
            ("payment.void", "payment why"), ("dunning.record", "unit channel outcome promise?"),
            ("visitor.arrive", "name host purpose plate? phone? count? document?"), ("visitor.leave", "visit"),
            ("visitor.unknown", "visit why"), ("shift.open", "post staff"),
            ("shift.close", "shift next handed? notes?"),
            ("patrol.check", "route point"), ("inspection.open", "template"),
            ("inspection.mark", "inspection item result note?"), ("inspection.close", "inspection"),
            ("inspection.recheck", "inspection item result note?"),
        ])
    func fields(action: String, fields: String) throws {
        let known = try Estate.action(named: action).description.map { $0.key + ($0.isRequired ? "" : "?") }
        for field in fields.split(separator: " ") { #expect(known.contains(String(field)), "\(field) of \(known)") }
        let required = known.filter { !$0.hasSuffix("?") }
        #expect(required.allSatisfy { fields.split(separator: " ").contains(Substring($0)) }, "\(required)")
    }

    @Test(
        "a view has the keys that scripts rely on",
        arguments: [
            ("calls", "id direction phone rings inTime demands started ended"),
            ("requests", "id class unit text opened completed assigned progress progressAt workers"),
            ("route", "stop building stops id unit due state"),
            (
                "followups",
                "id request class stage unit opens due state cycle visitors result ownWork period covered onTime"
            ),
            ("rates", "class target matured covered onTime met"),
            ("bills", "id unit period item amount reduced paid due"),
            ("arrears", "unit owed oldest periods days"),
            ("collection", "period age billed reduced received rate target met"),
            ("gate", "id name host plate plateState arrived left state"), ("vehicles", "plate unit owner"),
            ("inspections", "id template opened closed passed failed unmarked"), ("workdays", "due skipped"),
            ("phrases", "class text"), ("demands", "id call text at request outcome to note"),
            ("callquality", "day staff calls answered inTime share missed returned omitted"),
        ])
    func keys(view: String, keys: String) throws {
        let known = Set(try Estate.view(named: view).columnDescriptions.map(\.key))
        for key in keys.split(separator: " ") { #expect(known.contains(String(key)), "\(view) has no \(key)") }
    }

    @Test(
        "values that scripts rely on",
        arguments: [
            ("followups", "stage", "single|middle|end"), ("followups", "state", "upcoming|open|overdue|done|late|void"),
            ("gate", "plateState", "known|visitor|unrecognised|none"),
            ("gate", "state", "inside|overstay|handed|left|unknown"), ("calls", "direction", "incoming|outgoing"),
            ("requests", "class", "complaint|repair.minor|repair.works|special|event|other"),
        ])
    func values(view: String, key: String, values: String) throws {
        let column = try Estate.view(named: view).columnDescriptions.first { $0.key == key }
        #expect(column?.type.name == values)
    }

    @Test("a view that filters by time has that column")
    func timeKeys() {
        for view in Estate.views {
            guard let key = view.timeKey else { continue }
            #expect(view.columnDescriptions.contains { $0.key == key }, "\(view.name)")
        }
    }
}
