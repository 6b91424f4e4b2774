import Foundation
import Testing

extension Program {
    @Suite("actions and views: what a script can rely on")
    struct VocabularyTests {
        static let actions: [(String, String)] = [
            ("unit.add", "unit area?"), ("person.add", "name unit role phone?"), ("vehicle.add", "plate unit"),
            ("staff.add", "staff name role"), ("call.ring", "direction? phone?"), ("call.answer", "call rings"),
            ("call.demand", "call text"), ("call.hold", "call consent"), ("call.resume", "call apology"),
            ("call.end", "call closing?"),
            ("request.open", "class unit text from? to? call?"), ("request.complete", "request"),
            ("request.reopen", "request why"),
            ("event.attend", "request unit"),
            (
                "followup.record",
                "followup result visitors signer? quality? effect? satisfaction? shortcomings? suggestions?"
            ),
            ("followup.rectified", "followup"), ("bill.issue", "unit period item amount due"),
            ("bill.reduce", "bill amount why"),
            ("payment.receive", "unit amount period? method? bills? slip?"), ("payment.void", "payment why"),
            ("dunning.record", "unit channel outcome promise?"),
            ("visitor.arrive", "name host purpose plate? phone? count? document? again?"), ("visitor.leave", "visit"),
            ("visitor.unknown", "visit why"), ("shift.open", "post staff"),
            ("shift.close", "shift next handed? notes?"),
            ("patrol.check", "route point"), ("inspection.open", "template"),
            ("inspection.mark", "inspection item result note?"), ("inspection.close", "inspection"),
            ("inspection.recheck", "inspection item result note?"),
        ]

        static let views: [(String, String)] = [
            ("calls", "id direction phone rings inTime demands started ended"),
            ("requests", "id class unit text opened completed"),
            ("followups", "id request class stage unit opens due state cycle visitors result"),
            ("rates", "class target matured covered onTime met"),
            ("bills", "id unit period item amount reduced paid due"),
            ("arrears", "unit owed oldest periods days"),
            ("collection", "period age billed reduced received rate target met"),
            ("gate", "id name host plate plateState arrived left state"), ("vehicles", "plate unit owner"),
            ("inspections", "id template opened closed passed failed unmarked"), ("workdays", "due skipped"),
            ("phrases", "class text"),
        ]

        @Test("Every action has its fields, types, required fields and roles")
        func actions() throws {
            let home = try TestHome(empty: true)
            let found = try home.run("actions --json")
            #expect(found.code == 0)
            let byName = Dictionary(uniqueKeysWithValues: found.json.array.map { ($0["name"].text ?? "", $0) })
            for (name, fields) in Self.actions {
                let action = try #require(byName[name], "\(name)")
                #expect(action["roles"].array.contains { $0.text == "manager" })
                for field in fields.split(separator: " ") {
                    let key = field.trimmingCharacters(in: ["?"])
                    let it = action["fields"].array.first { $0["name"].text == key }
                    #expect(it?["required"].flag == !field.hasSuffix("?"), "\(name) \(field)")
                    #expect(
                        it?["type"].text?.isEmpty == false && it?["label"].text?.isEmpty == false, "\(name) \(field)")
                }
            }
            let text = try home.run("actions")
            for (name, _) in Self.actions {
                #expect(text.out.contains("\n\(name)  ") || text.out.hasPrefix("\(name)  "), "\(name)")
            }
            let roles = byName["followup.record"]?["fields"].array.first { $0["name"].text == "result" }?["type"].text
            #expect(roles == "satisfied|unsatisfied|unreachable|refused")
            #expect(
                byName["request.open"]?["fields"].array.first { $0["name"].text == "class" }?["type"].text
                    == "complaint|repair.minor|repair.works|special|event|other")
        }

        @Test("Every view has its columns, and its rows have the same")
        func views() throws {
            let home = try TestHome()
            let byName = Dictionary(
                uniqueKeysWithValues: try home.run("views --json").json.array.map { ($0["name"].text ?? "", $0) })
            for (name, columns) in Self.views {
                let view = try #require(byName[name], "\(name)")
                let keys = view["columns"].array.compactMap { $0["name"].text }
                for column in columns.split(separator: " ") {
                    #expect(keys.contains(String(column)), "\(name) \(column)")
                }
                let shown = try home.run("show \(name) \(name == "workdays" ? "from=2026-02-13 add=2" : "") --csv")
                #expect(shown.code == 0, "\(name): \(shown)")
                #expect(
                    shown.out.components(separatedBy: "\r\n")[0].trimmingCharacters(in: .newlines)
                        == keys.joined(separator: ","))
            }
            #expect(try home.run("views").out.contains("workdays from= add="))
        }
    }
}
