import Foundation
import Journal
import TestSupport
import Testing

@testable import Estate
@testable import Journal

/// A sealed line, with what its key opens.
struct SealedLine {
    let id: EntryID
    let kind: String
    let node: String
    let sealed: SealedText
    /// The entity that it is about.
    let record: EntryID

    var name: KeyName { sealed.keyName(of: node) }
    var keyRecord: KeyFile.Record { KeyFile.Record(node: node, id: id, kind: kind) }

    /// The sealed fields by key; `nil` if no key opens them.
    func opened(by ring: KeyRing) -> [String: String]? {
        guard case .plain(let bytes) = ring.open(sealed, node: node, id: id, kind: kind),
            case .object(let members)? = try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
        else { return nil }
        return members.compactMapValues { if case .string(let text) = $0 { text } else { nil } }
    }
}

/// An estate with somebody in every sealed field of the handbook, each of another name, number and plate, and a mirror.
final class PersonsKept {
    let test: TestEstate
    let mirror: String
    /// All that was typed about persons who may end.
    private(set) var texts: [String] = []
    private var count = 0

    init() throws {
        test = try TestEstate(now: "2026-03-02T09:00")
        mirror = test.folder + "-mirror"
        try Journal.setMirror(of: test.folder, to: mirror)
    }

    deinit { try? FileManager.default.removeItem(atPath: mirror) }

    var folders: [String] { [test.folder, mirror] }

    private func kept(_ text: (Int) -> String) -> String {
        count += 1
        texts.append(text(count))
        return text(count)
    }

    private var today: String { Day(test.store.now, in: .shanghai).text }

    /// A name of four signs that nothing else is made of.
    private func name() -> String {
        kept { "欧阳" + String(UnicodeScalar(0x9E00 + $0).map(Character.init) ?? "某") + "鑫" }
    }
    private func phone() -> String { kept { "1391\(5_000_000 + $0 * 7919)" } }
    private func plate() -> String { kept { "浙B9\(3000 + $0)" } }

    /// Who does what is sealed of a kind. A kind that the handbook comes to seal needs an entry here.
    private var samples: [String: () throws -> Void] {
        [
            "visitor.arrived": { [self] in
                let document = kept { "护照 \(4400 + $0)" }
                let visit = try test.do(
                    "visitor.arrive",
                    [
                        "name": name(), "host": name(), "purpose": "探亲", "plate": plate(), "phone": phone(),
                        "document": document.replacing(" ", with: " E7788"),
                    ], by: "S03")
                try test.do("visitor.leave", ["visit": visit, "plate": plate()])
                let other = kept { "驾驶证 \(6600 + $0)" }
                try test.do(
                    "visitor.correct",
                    [
                        "visit": visit, "name": name(), "host": name(), "plate": plate(), "phone": phone(),
                        "document": other.replacing(" ", with: " E7788"),
                    ])
            },
            "visitor.left": {}, "visitor.corrected": {},
            "visitor.expected": { [self] in
                try test.do(
                    "visitor.expect",
                    ["name": name(), "host": name(), "from": today, "to": today, "plate": plate()])
            },
            "visitor.refused": { [self] in
                try test.do("visitor.refuse", ["name": name(), "host": name(), "why": "推销"])
            },
            "visitor.barred": { [self] in
                try test.do("visitor.bar", ["name": name(), "plate": plate(), "why": "闹事", "until": today])
            },
            "incident.told": { [self] in
                let incident = try test.do("incident.open", ["kind": "停电", "drill": "no"])
                try test.do("incident.told", ["incident": incident, "who": name()])
                try test.do("incident.close", ["incident": incident, "note": "已恢复"])
            },
            "call.rang": { [self] in
                let call = try test.do("call.ring", ["phone": phone()], by: "S02")
                try test.do("call.answer", ["call": call, "rings": "1"], by: "S02")
                try test.do("call.end", ["call": call], by: "S02")
            },
            "payment.received": { [self] in
                try test.do("payment.receive", ["unit": "3-2-501", "amount": "10", "payer": name(), "twice": "yes"])
            },
            "bankline.recorded": { [self] in
                try test.do(
                    "bankline.record",
                    [
                        "account": "微信", "amount": "1\(count)", "direction": "in", "references": "R\(count)",
                        "payer": name(),
                    ])
            },
            "letter.served": { [self] in
                count += 1
                try test.do("bill.issue", test.bill(item: "费\(count)", amount: "100"))
                try test.do("letter.serve", ["unit": "3-2-501", "way": "EMS 签收", "taken": name()], by: "S04")
                // Nobody who owes is ended.
                try test.do("payment.receive", ["unit": "3-2-501", "amount": "100", "twice": "yes"])
            },
            "renovation.applied": { [self] in try renovate() },
            "renovation.passIssued": {},
            "register.added": { [self] in
                let entry = try test.do(
                    "register.add",
                    ["register": "key", "what": "地库门卡", "who": name(), "witness": name(), "phone": phone()])
                try test.do("register.close", ["entry": entry, "who": name()])
            },
            "register.closed": {},
            "person.added": { [self] in
                let person = try test.do(
                    "person.add", ["name": name(), "unit": "3-2-503", "role": "tenant", "phone": phone()])
                try test.do("person.change", ["person": person, "name": name(), "phone": phone()])
                let further = phone()
                for note in [name(), name()] {
                    try test.do("phone.add", ["person": person, "phone": further, "note": note])
                }
                try test.do("phone.remove", ["person": person, "phone": further])
            },
            "person.changed": {}, "phone.added": {}, "phone.removed": {},
            "vehicle.added": { [self] in try test.do("vehicle.add", ["plate": plate(), "unit": "3-2-503"]) },
        ]
    }

    private func renovate() throws {
        let id = try test.renovation(
            unit: "3-2-502",
            ["papers": "complete", "applicant": "owner", "responsible": name(), "phone": phone()])
        try test.do(
            "renovation.permit", ["renovation": id, "deposit": "0", "fee": "0", "until": "2026-06-30", "method": "现金"])
        try test.do("renovation.pass", ["renovation": id, "name": name(), "document": kept { "护照 \(8800 + $0)" }])
        try test.do("renovation.finish", ["renovation": id])
        try test.do("renovation.accept", ["renovation": id, "result": "passed"])
    }

    /// Records somebody in each sealed field, and returns what was typed.
    @discardableResult
    func fill() throws -> [String] {
        let (first, samples) = (texts.count, samples)
        for kind in test.estate.handbook.particulars.sealed.map(\.kind) {
            let sample = try #require(samples[kind], "no sample of \(kind): its fields are sealed since lately")
            try sample()
        }
        test.store.leaveCheckpoint()
        test.store.awaitMirror()
        return Array(texts[first...])
    }

    /// The sealed lines of the journal.
    func lines() throws -> [SealedLine] {
        var records: [EntryID: EntryID] = [:]
        for entry in test.estate.sealedLines.entries.values.flatMap(\.self) { records[entry.id] = entry.record }
        var lines: [SealedLine] = []
        try Journal(at: test.folder, zone: .shanghai, readOnly: true).catchUp { line in
            guard let sealed = SealedText(line.sealed) else { return }
            lines.append(
                SealedLine(
                    id: line.id, kind: String(decoding: line.kind, as: UTF8.self), node: line.node, sealed: sealed,
                    record: records[line.id] ?? line.id))
        }
        return lines
    }

    /// The keys as they stand in their files, and those derived for single lines.
    func secrets(of lines: [SealedLine]) throws -> [EntryID: [String]] {
        var secrets: [EntryID: [String]] = [:]
        for line in lines {
            let path = "\(test.folder)/keys/\(line.name.file)"
            guard let bytes = FileManager.default.contents(atPath: path), let file = KeyFile(Array(bytes)) else {
                continue
            }
            let derived = file.key(of: line.keyRecord)?.withUnsafeBytes { Data($0).base64EncodedString() }
            var own = [derived].compactMap(\.self)
            if case .month(let month) = file {
                own.append(month.key.withUnsafeBytes { Data($0).base64EncodedString() })
            }
            secrets[line.id] = own
        }
        return secrets
    }

    /// Lets everybody leave, and brings the day on which all retention is over.
    func letAllLeave() throws {
        for person in test.estate.people.residents(of: unit("3-2-503")) {
            try test.do("person.leave", ["person": person.id.id.text])
        }
        test.clock.set("2057-06-01 12:00")
    }
}
