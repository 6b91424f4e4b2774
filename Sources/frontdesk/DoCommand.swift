import ArgumentParser
import Estate
import Foundation
import Journal

/// `frontdesk do`: performs one action or, with `--lines`, one per line of standard input.
struct DoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "do", abstract: "执行动作 · do one action; prints one JSON line once it is durable")
    @Argument(help: "动作 · the action (see: frontdesk actions)", completion: .actions)
    var action: String?
    @Argument(
        help: "字段=值 · field=value …；key=…：重发只记一次 · sent again, it is recorded once",
        completion: .fields)
    var pairs: [String] = []
    @Flag(help: "从标准输入逐行读取 JSON · actions from standard input, one JSON object a line")
    var lines = false
    @Flag(help: "错误以 JSON 输出 · errors as JSON")
    var json = false
    @OptionGroup var data: DataOptions
    @OptionGroup var staff: StaffOptions
    @OptionGroup var time: TimeOptions

    func run() throws { try data.openQuickly { lines ? try doLines(in: $0) : try doOne(in: $0) } }

    private func doLines(in store: Store) throws {
        if let action {
            throw Refusal.input("usage", "--lines 不能再带动作：\(action)", en: "--lines takes no action: \(action)")
        }
        let member = try staff.member(in: store.estate)
        if let member { try staff.signIn(member, in: store) }
        let reader = LineRunner(
            store: store, by: member?.code, at: try time.moment(store.present, dateMeansEnd: false))
        if try reader.run() > 0 { throw ExitCode(3) }
    }

    private func doOne(in store: Store) throws {
        guard let action else { throw Refusal.input("usage", "缺少动作", en: "an action is missing") }
        let at = try time.moment(store.present, dateMeansEnd: false)
        // Relative dates such as 明天 count from the time of the event.
        let present = at.map { Present($0, in: store.estate.zone) } ?? store.present
        var (kind, members) = (try Estate.action(named: action), try members(of: pairs))
        let key = try members.takeKey().map { try IdempotencyKey($0, of: action, [members], at: at) }
        let receipt = try store.perform(
            kind.read(members, present), by: try staff.actor(in: store).code, at: at, key: key)
        printLine(receipt.json(ShortDates(in: members, kind.description, present), isDamaged: store.isDamaged))
    }
}

extension [String: JSONValue] {
    /// Removes and returns `key`, which is no field of any action.
    fileprivate mutating func takeKey() -> String? {
        guard case .string(let text) = removeValue(forKey: "key") else { return nil }
        return text
    }
}

extension Receipt {
    /// `{"id":…,"node":…,"seq":…}`. `isDamaged`: the journal on whose state the action was decided is damaged.
    func json(
        _ dates: ShortDates? = nil, reference: String? = nil, recovery: String? = nil, isDamaged: Bool = false
    ) -> String {
        let warnings = warnings + (isDamaged ? ["data.damaged"] : [])
        return JSONWriter.object { json in
            json.member("id", id.text)
            json.member("node", node)
            json.member("seq", sequence)
            if let reference { json.member("ref", reference) }
            if let recovery { json.member("recovery", recovery) }
            if !warnings.isEmpty { json.member("warnings", warnings) }
            // When it was recorded, the dates were read, perhaps on another day.
            if !isRepeated { dates?.write(to: &json) }
        }
    }
}
