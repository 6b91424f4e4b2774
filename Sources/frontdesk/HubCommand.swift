import ArgumentParser
import Estate
import Foundation
import Hub
import Journal

/// `frontdesk hub`: sets, ends or shows the hub that this folder is kept in step with, and keeps it so as a service.
struct HubCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub", abstract: "中心库 · keep this node and a PostgreSQL hub in step")
    @Argument(
        help: ArgumentHelp(
            "中心库地址；不写则显示现状 · where it is; none shows what there is", valueName: "URL"))
    var address: String?
    @Option(
        name: .customLong("password-file"), help: "中心库密码从此文件读 · the file that the hub's password is read from",
        completion: .file())
    var passwordFile: String?
    @Flag(help: "不再同步 · have no hub from now on") var off = false
    @Flag(help: "显示现状 · show what was sent and heard") var status = false
    @Flag(help: "给数据库管理员的建表语句 · the SQL for the database's administrator") var sql = false
    @Flag(help: "同步一次就结束 · exchange once, until both are in step") var once = false
    @Flag(help: "作为服务一直同步 · keep in step until it is ended, as a service") var follow = false
    @Flag(help: "JSON") var json = false
    @OptionGroup var data: DataOptions

    func validate() throws {
        if [address != nil, off, status, sql, once, follow].count(where: { $0 }) > 1 {
            throw ValidationError("地址、--off、--status、--sql、--once、--follow：只能用一个 · one of them only")
        }
        if passwordFile != nil, address == nil {
            throw ValidationError("--password-file 与地址同用 · --password-file goes with an address")
        }
    }

    func run() throws {
        if sql { return printText(HubSchema.sql(estate: try origin())) }
        if let address { return try set(address) }
        if off {
            try HubSetting.remove(from: data.folder)
            return printLine(Label("不再同步", en: "there is no hub from now on")[.ofEnvironment()])
        }
        if follow { return try followOn() }
        let status = once ? try exchange() : nil
        try show()
        if let status, status.trouble != nil || !status.stops.isEmpty { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    /// The id of the estate's first entry.
    private func origin() throws -> EntryID {
        guard let origin = try Journal.origin(of: data.folder) else {
            throw JournalError.missing(folder: data.folder)
        }
        return origin
    }

    /// Saves an address that is right, as far as that can be seen now, and exchanges once.
    private func set(_ text: String) throws {
        let file = passwordFile.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
        let setting = HubSetting(HubAddress(text, passwordFile: file), estate: try origin())
        try setting.address.check()
        do {
            _ = try PostgresHub(
                at: setting.address, node: try Journal.writer(of: data.folder).node, estate: setting.estate)
        } catch let error as HubError where error.trouble.isPassing {
            try setting.save(in: data.folder)
            throw error
        }
        try setting.save(in: data.folder)
        try exchange()
        try show()
    }

    /// `nil` without a hub, and where a console or the service keeps the folder in step.
    @discardableResult
    private func exchange() throws -> HubStatus? {
        guard let setting = try HubSetting(in: data.folder) else { return nil }
        do { return try HubFollower.once(data.folder, setting) } catch is HubFollower.HubBusy { return nil }
    }

    private func show() throws {
        let (language, setting) = (Language.ofEnvironment(), try HubSetting(in: data.folder))
        let store = try Store(at: data.folder, fullHistory: false)
        let status = store.hub
        if json { return printBytes(status?.json ?? Array("null\n".utf8)) }
        guard let setting else { return printLine(Label("没有中心库", en: "there is no hub")[language]) }
        guard let status else {
            let name = setting.address.name
            return printLine(Label("中心库：\(name)，还没有同步", en: "hub: \(name), nothing exchanged yet")[language])
        }
        status.lines(zone: store.estate.zone, at: .now()).forEach { printLine($0[language]) }
    }

    /// Follows until SIGTERM or SIGINT. Meanwhile what others have asked to end ends here too.
    private func followOn() throws {
        let store = try data.open(fullHistory: false)
        let follower = HubFollower(
            of: data.folder,
            report: { error in
                let report = ErrorReport(error, language: .ofEnvironment())
                if let report { report.print(asJSON: false) } else { printError("frontdesk: \(error)") }
            })
        let signals = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { follower.stop() }
            source.resume()
            return source
        }
        let endings = HubEndings(store)
        endings.start()
        withExtendedLifetime(signals) { follower.run() }
        endings.stop()
    }
}

/// Reads what comes and destroys the keys of what has ended, in a thread of its own.
///
/// `@unchecked Sendable`: only the queue uses the store.
private final class HubEndings: @unchecked Sendable {
    private let store: Store
    private let queue = DispatchQueue(label: "frontdesk.endings")
    private let timer: any DispatchSourceTimer

    init(_ store: Store) {
        self.store = store
        timer = DispatchSource.makeTimerSource(queue: queue)
    }

    func start() {
        timer.schedule(deadline: .now() + 5, repeating: 10)
        timer.setEventHandler { [store] in
            do {
                try store.catchUp()
                try store.finishWhatEnded()
            } catch { printError("frontdesk: \(error)") }
        }
        timer.resume()
    }

    func stop() {
        timer.cancel()
        queue.sync {}
    }
}
