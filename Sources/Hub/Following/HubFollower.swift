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
    private let report: @Sendable (any Error) -> Void
    private let isStopped = Atomic(false)
    /// A pipe whose end becomes readable by ``stop()``.
    private let (wakeFile, wakeEnd): (Int32, Int32)
    private let isOver = DispatchSemaphore(value: 0)

    /// In seconds: how often a folder without a setting, or one that another process follows, is looked at.
    private static let idlePause = 3.0
    /// In seconds: how often the hub is asked without a notification.
    private static let pause = 5.0
    /// In seconds: how often the hub counts its lines; the second while a log is not exchanged.
    private static let (thoroughPause, stoppedPause) = (3_600.0, 300.0)

    /// - Parameter report: called with the error that ends an attempt, once as long as the same error comes again.
    public init(
        of folder: String, clock: @escaping Clock = Moment.now,
        report: @escaping @Sendable (any Error) -> Void = { _ in }
    ) {
        (self.folder, self.clock, self.report) = (folder, clock, report)
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
        var (backoff, generator, told) = (Backoff(), SystemRandomNumberGenerator(), "")
        while !isStopped.load(ordering: .acquiring) {
            var pause = HubFollower.idlePause
            do {
                guard let setting = try HubSetting(in: folder), let lock = try HubLock(in: folder, disk: SystemDisk())
                else {
                    sleep(pause)
                    continue
                }
                try withExtendedLifetime(lock) {
                    let attempt = Attempt(folder, setting, clock)
                    do {
                        try follow(attempt) {
                            backoff.reset()
                            told = ""
                        }
                    } catch {
                        pause = backoff.pause(isPassing: HubError(ending: error).trouble.isPassing, using: &generator)
                        // While the lock is held: after that another process may write.
                        attempt.note(failure: error, next: clock().adding(seconds: Int(pause)))
                        throw error
                    }
                }
            } catch {
                if told != "\(error)" { report(error) }
                told = "\(error)"
                rest(pause)
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
    private func follow(_ attempt: Attempt, reached: () -> Void) throws {
        let (hub, exchange, watch) = (try attempt.connect(), attempt.exchange, Watch(of: folder))
        var counted: ContinuousClock.Instant?
        while !isStopped.load(ordering: .acquiring), try HubSetting(in: folder) == attempt.setting {
            watch?.drain()
            let pause = exchange.status.stops.isEmpty ? HubFollower.thoroughPause : HubFollower.stoppedPause
            let isDue = counted.map { $0.duration(to: .now) >= .seconds(pause) } ?? true
            if isDue { counted = .now }
            let outcome = try exchange.round(hub, thoroughly: isDue)
            attempt.note(outcome)
            reached()
            if outcome == .hasMore { continue }
            try hub.wait(seconds: HubFollower.pause, orFor: [watch?.file, wakeFile].compactMap { $0 })
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
            let attempt = Attempt(folder, setting, clock)
            do {
                let hub = try attempt.connect()
                var (outcome, waits) = (try attempt.exchange.round(hub), 0)
                while outcome == .hasMore || outcome == .waits && waits < mostWaits {
                    if outcome == .waits {
                        waits += 1
                        try hub.wait(seconds: 1, orFor: [])
                    }
                    outcome = try attempt.exchange.round(hub)
                }
                return attempt.note(outcome)
            } catch {
                attempt.note(failure: error)
                throw error
            }
        }
    }

    /// The seconds for which one exchange waits until another node has sent a log.
    private static let mostWaits = 60

    /// Another process keeps the folder in step.
    public struct HubBusy: Error {}
}

/// One attempt to keep a folder in step. Writes the status when it has changed, and now and then to show that it still holds.
private final class Attempt {
    let setting: HubSetting
    let exchange: HubExchange
    private let folder: String
    private let clock: Clock
    private var last: HubStatus?
    /// In seconds: how often the status is written though nothing has changed. One that is older than
    /// ``HubStatus/staleAfter`` is of a process that ended.
    private static let pause = 20

    init(_ folder: String, _ setting: HubSetting, _ clock: @escaping Clock) {
        (self.folder, self.setting, self.clock) = (folder, setting, clock)
        exchange = HubExchange(of: folder)
        last = HubStatus(in: folder)
        // A batch may be on its way for minutes.
        exchange.progress = { [unowned self] in note(.hasMore) }
    }

    /// Throws ``HubError``, ``JournalError``.
    func connect() throws -> PostgresHub {
        let node = try Journal.writer(of: folder).node
        return try PostgresHub(at: setting.address, node: node, estate: setting.estate)
    }

    @discardableResult
    func note(_ outcome: HubExchange.Outcome) -> HubStatus {
        var status = exchange.status
        if outcome == .isCopy { status.trouble = .copy }
        status.reached = clock()
        return write(status)
    }

    /// Notes why the attempt failed or ended. `next`: when the next one is made.
    func note(failure: any Error, next: Moment? = nil) {
        var status = exchange.status
        // Before the first answer there is nothing to tell of the logs but what was known.
        if status.logs.isEmpty, let last {
            (status.node, status.logs, status.stops) = (last.node, last.logs, last.stops)
        }
        let error = HubError(ending: failure)
        (status.trouble, status.detail) = (error.trouble, error.detail)
        (status.reached, status.next) = (last?.reached, next)
        write(status)
    }

    @discardableResult
    private func write(_ status: HubStatus) -> HubStatus {
        var status = status
        (status.at, status.hub) = (clock(), setting.address.name)
        if var last {
            let age = status.at.seconds(since: last.at)
            (last.at, last.reached) = (status.at, status.reached)
            if last == status, (0..<Attempt.pause).contains(age) { return status }
        }
        // The setting was removed or changed meanwhile.
        guard (try? HubSetting(in: folder)) == setting else { return status }
        // Not being able to tell is no reason not to exchange.
        try? status.save(in: folder)
        last = status
        return status
    }
}
