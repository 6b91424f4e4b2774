import Estate
import Foundation
import Journal

/// `frontdesk do --lines`: performs one action per line of JSON and answers each line once its facts are durable.
///
/// All lines received in one read form a batch with one sync. A refused line does not stop the following ones. A line
/// may name its result with `ref`; later lines write `$name` where an id is expected. A line with the `key` of one that
/// was recorded is answered with its receipt.
final class LineRunner {
    private let store: Store
    /// Staff code for lines without `as`.
    private let by: String?
    /// Time of the event for lines without `at`; `nil` for the current time.
    private let at: Moment?
    /// Ids by `ref`.
    private var references: [String: EntryID] = [:]
    private var refused = 0

    init(store: Store, by: String?, at: Moment?) {
        (self.store, self.by, self.at) = (store, by, at)
    }

    /// Reads standard input to its end and returns the number of refused lines.
    ///
    /// - Throws: `ErrorReport` `input.failed`, or an error of the store, which ends the run.
    func run() throws -> Int {
        var rest: [UInt8] = []
        var isPassingOver = false
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 {
                let words = Label("读不到标准输入", en: "standard input cannot be read")
                throw ErrorReport(code: "input.failed", message: words[.ofEnvironment()], exitCode: 5)
            }
            if count == 0 { break }
            var part = buffer[..<count]
            if isPassingOver {
                guard let end = part.firstIndex(of: 0x0A) else { continue }
                part = part[(end + 1)...]
                isPassingOver = false
            }
            rest += part
            if let last = part.lastIndex(of: 0x0A) {
                let end = rest.count - (part.endIndex - last)
                try run(rest[...end])
                rest.removeSubrange(...end)
            }
            if rest.count > LineRunner.longest {
                printLine(refuse(LineRunner.tooLong, nil))
                (rest, isPassingOver) = ([], true)
            }
        }
        try run(rest[...])
        return refused
    }

    /// In bytes. What follows in a longer line is passed over, so that no input fills the memory.
    private static let longest = 1 << 20
    private static let tooLong = Refusal.input("line.tooLong", "这一行太长", en: "this line is too long")

    private func run(_ bytes: ArraySlice<UInt8>) throws {
        let lines = bytes.split(separator: 0x0A).filter { !$0.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }
        if lines.isEmpty { return }
        let former = (references, refused)
        let answers = try store.perform(by: by ?? "") { batch in
            // It may be the second run for the same lines.
            (references, refused) = former
            return lines.map { answer($0, &batch) }
        }
        answers.forEach(printLine)
    }

    private func answer(_ line: ArraySlice<UInt8>, _ batch: inout Store.Batch) -> String {
        var reference: String?
        do {
            if line.count > LineRunner.longest { throw LineRunner.tooLong }
            // Invalid UTF-8 is refused, not repaired: the altered text would be recorded for good.
            guard let text = String(validating: line, as: UTF8.self) else {
                throw Refusal.input("line.malformed", "这一行不是 UTF-8 文字", en: "this line is not UTF-8")
            }
            var members = try LineRunner.members(of: text)
            func take(_ key: String) throws -> String? {
                guard let value = members.removeValue(forKey: key), value != .null else { return nil }
                guard case .string(let text) = value else {
                    throw Refusal.input("line.type", "\(key) 要填文字", en: "\(key) takes text")
                }
                return text
            }
            reference = try take("ref")
            guard let name = try take("do") else { throw Refusal.input("line.action", "缺少 do", en: "do is missing") }
            let action = try Estate.action(named: name)
            // An appointment's `at` is a field of its own.
            let isOwn = action.description.contains { $0.key == "at" }
            let at =
                try (isOwn ? nil : try take("at")).map { try Moment(typed: $0, store.present.ofPast) }
                ?? at
            guard let by = try take("as") ?? by else {
                throw Refusal.input("staff.missing", "请用 --as 说明是谁在操作", en: "say who acts with --as")
            }
            let keyText = try take("key")
            let present = at.map { Present($0, in: store.estate.zone) } ?? store.present
            let resolved = try resolved(members, for: action)
            let key = try keyText.map { try IdempotencyKey($0, of: name, [resolved], at: at) }
            let receipt = try batch.perform(action.read(resolved, present), by: by, at: at, key: key)
            if let reference { references[reference] = receipt.id }
            return receipt.json(
                ShortDates(in: members, action.description, present), reference: reference, isDamaged: store.isDamaged)
        } catch {
            return refuse(error, reference)
        }
    }

    /// The answer to a line that is refused.
    private func refuse(_ error: any Error, _ reference: String?) -> String {
        refused += 1
        let report =
            ErrorReport(error, language: .ofEnvironment())
            ?? ErrorReport(code: "internal", message: "\(error)", exitCode: 5)
        return report.json(reference: reference)
    }

    /// The members of a line. Throws `Refusal` `line.malformed` or `pair.double`.
    private static func members(of text: String) throws -> [String: JSONValue] {
        do {
            if case .object(let members) = try JSONValue(parsing: text, refusesRepeats: true) { return members }
        } catch let repeated as JSONValue.RepeatedKey {
            throw Refusal.input(
                "pair.double", "字段重复：\(repeated.key)", en: "\(repeated.key) is given twice")
        } catch {}
        throw Refusal.input("line.malformed", "这一行不是 JSON 对象", en: "this line is no JSON object")
    }

    /// Replaces `$name` by its id in fields of type reference, also in lists. Other fields are not changed.
    private func resolved(
        _ members: [String: JSONValue], for action: any Action.Type
    ) throws -> [String: JSONValue] {
        var members = members
        for field in action.description where field.type.takesIDs {
            switch members[field.key] {
            case .string(let text):
                let parts = text.split(omittingEmptySubsequences: false) { ",，、".contains($0) }
                members[field.key] = .string(try parts.map(resolved).joined(separator: ","))
            case .array(let elements):
                members[field.key] = .array(
                    try elements.map { if case .string(let text) = $0 { .string(try resolved(text[...])) } else { $0 } }
                )
            default: break
            }
        }
        return members
    }

    private func resolved(_ text: Substring) throws -> String {
        let name = String(text).halfwidth
        guard name.hasPrefix("$"), name != "$" else { return String(text) }
        guard let id = references[String(name.dropFirst())] else {
            throw Refusal.input("ref.unknown", "前面没有成功的 \(name)", en: "no line before this one made \(name)")
        }
        return id.text
    }
}

extension FieldType {
    /// Whether the field takes ids.
    fileprivate var takesIDs: Bool {
        switch self {
        case .reference: true
        case .list(let element): element.takesIDs
        default: false
        }
    }
}
