import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate
@testable import Journal

/// What is shown of particulars that have ended: in every view, every report, the history, undo and search.
@Suite("Ended particulars, shown")
struct EndedViewsTests {
    private static let ended = "已到期删除"
    private let kept: PersonsKept
    private let texts: Set<String>
    private let records: Set<EntryID>
    private var test: TestEstate { kept.test }

    init() throws {
        kept = try PersonsKept()
        try kept.fill()
        let ring = KeyRing(of: kept.test.folder)
        let stays = try #require(kept.test.estate.people.owner(of: unit("3-2-501"))).id.id
        let lines = try kept.lines().filter { $0.record != stays }
        texts = Set(lines.compactMap { $0.opened(by: ring) }.flatMap(\.values)).union(kept.texts)
        records = Set(lines.map(\.record))
        try kept.letAllLeave()
        try kept.test.do("particulars.expire")
    }

    private func expectNone(in text: String, _ what: String) {
        if let found = texts.first(where: text.contains) { Issue.record("\(what) still shows \(found): \(text)") }
    }

    @Test("every view has its rows, tells that they have ended, and is filtered by each of their values")
    func views() throws {
        var told: Set<String> = []
        func look<V: View>(_: V.Type) throws {
            guard !V.description.contains(where: \.isRequired) else { return }
            var filtered: Set<String> = []
            for reader in [Role?.none, .manager, .finance, .guard] where !V.hiddenFrom.contains(reader ?? .manager) {
                let rows = try V.select(of: test.estate, at: test.store.now, members: [:], for: reader)
                for (index, row) in rows.rows.enumerated() {
                    let shown = row.texts + row.words(in: test.estate, .chinese) + row.words(in: test.estate, .english)
                    expectNone(in: shown.joined(separator: " "), V.name)
                    let isEnded = shown.contains { $0.contains(Self.ended) }
                    if isEnded { told.insert(V.name) }
                    // By then there are thirty years of duties, of which the first will do.
                    if !isEnded, index >= 10 { continue }
                    for (column, text) in zip(rows.columns, row.texts)
                    where filtered.insert("\(reader.map(\.rawValue) ?? "") \(column.key) \(text)").inserted {
                        // A value that cannot be typed is refused; it must never be an error of another kind.
                        _ = refusal {
                            try V.select(
                                of: test.estate, at: test.store.now, members: [column.key: .string(text)], for: reader)
                        }
                    }
                }
            }
        }
        for view in Estate.views { try look(view) }
        #expect(
            told.isSuperset(of: ["gate", "expected", "refusals", "bars", "calls", "registers", "passes"]), "\(told)")
    }

    @Test("every report, of every record that has ended")
    func reports() throws {
        var made = 0
        func look<R: Report>(_: R.Type) throws {
            let asked = R.description.filter(\.isRequired)
            for record in asked.isEmpty ? [nil] : records.map(Optional.some) {
                var members: [String: JSONValue] = [:]
                for field in asked { members[field.key] = record.map { .string($0.text) } }
                for language in [Language.chinese, .english] {
                    guard
                        let report = try? R.make(
                            of: test.estate, at: test.store.now, members: members, for: .manager, language,
                            reading: test.store.entries)
                    else { continue }
                    made += 1
                    expectNone(in: "\(report.document)", R.name)
                }
            }
        }
        for report in Estate.reports { try look(report) }
        #expect(made > 10)
    }

    @Test("the history of each record, and what undo offers")
    func history() throws {
        var told = 0
        for record in records {
            for entry in try test.store.entries(naming: [record.text]) {
                for language in [Language.chinese, .english] {
                    let values = entry.values(in: test.estate, language, for: .manager).map(\.value)
                    expectNone(in: values.joined(separator: " "), entry.kind)
                    if values.contains(where: { $0.contains(Self.ended) }) { told += 1 }
                }
            }
        }
        #expect(told >= records.count)
        for row in try test.show(UndoView.self) { expectNone(in: row.displayed(.chinese).joined(), "undo") }
    }

    @Test("nobody is found by name, number or plate, neither is the word for it; a plate is a stranger's")
    func search() throws {
        for text in texts.union([Self.ended, "yidaoqishanchu"]) {
            #expect(test.estate.people.search(text, limit: 9, withPlaces: true).isEmpty, "\(text)")
            #expect(try test.show(FindView.self, ["text": text]).isEmpty, "\(text)")
        }
        for text in texts.filter({ $0.hasPrefix("浙B") }) {
            #expect(test.estate.plateState(plate(text)) == .visitor)
            #expect(test.estate.inside(with: plate(text)) == nil)
        }
        #expect(test.estate.people.vehicles.isEmpty)
    }

    @Test("no form proposes them, by any field of any action")
    func candidates() throws {
        for action in Estate.actions {
            for field in action.description {
                let all =
                    action.earlier(field.key, in: test.estate, at: test.store.now)
                    + action.due(field.key, in: test.estate, at: test.store.now)
                    + action.candidates(for: field.key, with: [:], by: "S01", in: test.estate)
                for candidate in all {
                    let words = [candidate.value, candidate.text, candidate.detail.chinese] + candidate.others.values
                    expectNone(in: words.joined(separator: " "), "\(action.name) \(field.key)")
                }
            }
        }
    }

    @Test("questions before an action say that they have ended")
    func confirmations() throws {
        for action in Estate.actions {
            for field in action.description {
                guard case .reference = field.type else { continue }
                for record in records {
                    let members = [field.key: JSONValue.string(record.text), "why": "试"]
                    guard let made = try? action.read(members, zone: .shanghai),
                        let question = made.confirmation(
                            in: test.estate, by: "S01", on: test.store.node, at: test.store.now)
                    else { continue }
                    expectNone(in: "\(question)", action.name)
                }
            }
        }
    }
}
