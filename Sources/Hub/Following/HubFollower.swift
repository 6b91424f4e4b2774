import Foundation
import Journal
import Synchronization

/// Keeps a data folder and its hub in step, on a thread of its own: nothing that a key does waits for the network.
///
/// It waits until the folder has a setting, and again when that is removed. Only one process follows a folder; when it ends,
/// another takes over.
public final class HubFollower: Sendable {
    private let folder: String
    private let clock: Clock
    private let isStopped = Atomic(false)
    /// A pipe whose end becomes readable by ``stop()``.
    private let (wakeFile, wakeEnd): (Int32, Int32)
    private let isOver = DispatchSemaphore(value: 0)

    /// In seconds: how often a folder without a setting, or one that another process follows, is looked at.
    private static let idlePause = 3.0
    /// In seconds: how often the hub is asked without a notification.
    private static let pause = 5.0
    /// In seconds: how often the hub counts its lines; the second while a log is not exchanged.
    private static let (thoroughPause, stoppedPause) = (3_600, 300)

    public init(of folder: String, clock: @escaping Clock = Moment.now) {
        (self.folder, self.clock) = (folder, clock)
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (wakeFile, wakeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(wakeFile)
        close(wakeEnd)
    }

    /// Follows in a thread of its own until ``stop()``.
    public func start() { Thread.detachNewThread { [self] in run() } }

    /// Follows in this thread until ``stop()``.
    public func run() {
        var (backoff, generator) = (Backoff(), SystemRandomNumberGenerator())
        while !isStopped.load(ordering: .acquiring) {
            do {
                guard let setting = try HubSetting(in: folder), let lock = try HubLock(in: folder, disk: SystemDisk())
                else {
                    sleep(HubFollower.idlePause)
                    continue
                }
                try withExtendedLifetime(lock) {
                    try follow(setting) { backoff.reset() }
                }
            } catch {
                let isPassing = (error as? HubError)?.isPassing ?? true
                rest(backoff.pause(isPassing: isPassing, using: &generator))
            }
        }
        isOver.signal()
    }

    /// Asks the thread to end, and waits for that at most so many seconds.
    public func stop(within seconds: Double = 0) {
        isStopped.store(true, ordering: .releasing)
        _ = write(wakeEnd, [1], 1)
        if seconds > 0 { _ = isOver.wait(timeout: .now() + seconds) }
    }

    /// Sleeps, at most until the setting changes.
    private func rest(_ seconds: Double) {
        let (setting, until) = (try? HubSetting(in: folder), ContinuousClock.now + .seconds(seconds))
        while !isStopped.load(ordering: .acquiring), (try? HubSetting(in: folder)) == setting {
            let left = Double((until - .now).components.seconds) + 0.2
            if until <= .now { return }
            sleep(min(left, HubFollower.idlePause))
        }
    }

    private func sleep(_ seconds: Double) {
        var wait = pollfd(fd: wakeFile, events: Int16(POLLIN), revents: 0)
        poll(&wait, 1, Int32(seconds * 1000))
    }

    // MARK: One connection

    /// Exchanges until the setting changes, this is stopped, or the connection ends with an error.
    private func follow(_ setting: HubSetting, reached: () -> Void) throws {
        try HubFollower.connect(folder, setting, clock) { exchange, hub, writer in
            var counted: Moment?
            let watch = Watch(of: folder)
            while !isStopped.load(ordering: .acquiring), try HubSetting(in: folder) == setting {
                watch?.drain()
                let isStill = exchange.status.stops.isEmpty
                let pause = isStill ? HubFollower.thoroughPause : HubFollower.stoppedPause
                let isDue = counted.map { clock().seconds(since: $0) >= pause } ?? true
                if isDue { counted = clock() }
                let outcome = try exchange.round(hub, thoroughly: isDue)
                writer.note(exchange.status, outcome)
                reached()
                if outcome == .hasMore { continue }
                let files = [watch?.file, wakeFile].compactMap { $0 }
                _ = try hub.wait(seconds: HubFollower.pause, orFor: files)
            }
        }
    }

    /// Exchanges until both are in step, in this thread. Returns the status, which is also written.
    ///
    /// - Throws: ``HubError``, ``JournalError``; `HubBusy` while another process follows.
    public static func once(_ folder: String, _ setting: HubSetting, clock: @escaping Clock = Moment.now) throws
        -> HubStatus
    {
        guard let lock = try HubLock(in: folder, disk: SystemDisk()) else { throw HubBusy() }
        return try withExtendedLifetime(lock) {
            try connect(folder, setting, clock) { exchange, hub, writer in
                var outcome = HubExchange.Outcome.hasMore
                while outcome == .hasMore { outcome = try exchange.round(hub) }
                return writer.note(exchange.status, outcome)
            }
        }
    }

    /// Connects, and writes to the status why the connection failed or ended with an error.
    private static func connect<Result>(
        _ folder: String, _ setting: HubSetting, _ clock: @escaping Clock,
        _ body: (HubExchange, PostgresHub, inout StatusWriter) throws -> Result
    ) throws -> Result {
        let exchange = HubExchange(of: folder)
        var writer = StatusWriter(folder, setting.address.name, clock)
        do {
            let (own, _) = try Journal.writer(of: folder)
            let hub = try PostgresHub(at: setting.address, node: own, estate: setting.estate)
            exchange.begin()
            return try body(exchange, hub, &writer)
        } catch {
            writer.note(exchange.status, failure: error)
            throw error
        }
    }

    /// Another process keeps the folder in step.
    public struct HubBusy: Error {}
}

/// Writes the status when it has changed, and now and then to show that it still holds.
private struct StatusWriter {
    private let folder: String
    private let hub: String
    private let clock: Clock
    private var last: HubStatus?
    /// In seconds: how often the status is written though nothing has changed. One that is older than
    /// ``HubStatus/staleAfter`` is of a process that ended.
    private static let pause = 20

    init(_ folder: String, _ hub: String, _ clock: @escaping Clock) {
        (self.folder, self.hub, self.clock) = (folder, hub, clock)
        last = HubStatus(in: folder)
    }

    @discardableResult
    mutating func note(_ status: HubStatus, _ outcome: HubExchange.Outcome) -> HubStatus {
        var status = status
        if outcome == .isCopy { status.trouble = "hub.copy" }
        status.reached = clock()
        write(&status)
        return status
    }

    mutating func note(_ status: HubStatus, failure: any Error) {
        var status = status
        // Before the first answer there is nothing to tell of the logs but what was known.
        if status.logs.isEmpty, let last {
            (status.node, status.logs, status.stops) = (last.node, last.logs, last.stops)
        }
        status.reached = last?.reached
        switch failure {
        case let error as HubError: (status.trouble, status.detail) = (error.code, error.detail)
        case let error as JournalError: (status.trouble, status.detail) = ("hub.journal", "\(error)")
        default: (status.trouble, status.detail) = ("hub.server", "\(failure)")
        }
        write(&status)
    }

    private mutating func write(_ status: inout HubStatus) {
        (status.at, status.hub) = (clock(), hub)
        if var last {
            let age = status.at.seconds(since: last.at)
            (last.at, last.reached) = (status.at, status.reached)
            if last == status, age < StatusWriter.pause { return }
        }
        // Not being able to tell is no reason not to exchange.
        try? status.save(in: folder)
        last = status
    }
}
