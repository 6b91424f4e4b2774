import Dispatch
import Glibc
import Synchronization

/// Makes all calls on the mirror's disk on a thread of its own, outside the lock: a disk that no longer answers keeps
/// nobody from recording.
///
/// A caller waits for the thread for a limited time. While the thread is late, further calls only move its goal on. The
/// mirror's HEAD says how far the copy is durable, so a copy that was cut short is continued by any process.
///
/// `@unchecked Sendable`: `mirror` and `monitor` are used by the queue only, `began` by the owner only.
final class MirrorFollower: @unchecked Sendable {
    /// The seconds after which a copy that has not ended is reported as a failure.
    static let deadline = 2.0

    /// The folder named by MIRROR.
    let path: String
    /// The data folder.
    private let folder: String
    private let node: String
    private let disk: any Disk
    private var mirror: Mirror
    private var monitor = MirrorMonitor()
    private let queue = DispatchQueue(label: "frontdesk.mirror")
    private let work = DispatchGroup()
    /// When the last call was made.
    private var began = ContinuousClock.now
    private let state = Mutex(State())

    private struct State {
        var goal: (segment: String, end: Int, appended: [UInt8])?
        var failure: DiskFailure?
        var damage: Damage?
    }

    init(_ path: String, of folder: String, node: String, disk: any Disk) {
        (self.path, self.folder, self.node, self.disk) = (path, folder, node, disk)
        mirror = Mirror(path, of: folder, node: node, disk: disk)
    }

    /// Whether the thread has not ended its last work.
    private var isLate: Bool { work.wait(timeout: .now()) == .timedOut }

    /// Why the mirror does not follow; `nil` while it does, or is not late for long.
    var failure: DiskFailure? {
        if isLate, ContinuousClock.now - began >= .seconds(MirrorFollower.deadline) {
            return DiskFailure(call: "mirror", path: mirror.folder, number: ETIMEDOUT)
        }
        return state.withLock { $0.failure }
    }

    /// The difference from the log that the last copy found.
    var damage: Damage? { state.withLock { $0.damage } }

    /// Waits until the mirror has all that it was asked to copy, at most so many seconds.
    func wait(within seconds: Double) { _ = work.wait(timeout: .now() + seconds) }

    private func run(within seconds: Double, _ body: @escaping @Sendable () -> Void) {
        began = .now
        queue.async(group: work, execute: body)
        wait(within: seconds)
    }

    /// Copies the log up to `end` in `segment`, which must be durable (J7); waits for that at most so many seconds.
    func follow(to segment: String, _ end: Int, appended: [UInt8], within seconds: Double) {
        let isQueued = state.withLock { state in
            defer { state.goal = (segment, end, appended) }
            return state.goal != nil
        }
        if isQueued { return }
        if isLate {
            queue.async(group: work) { self.copy() }
        } else {
            run(within: seconds) { self.copy() }
        }
    }

    private func copy() {
        let goal = state.withLock { state in
            defer { state.goal = nil }
            return state.goal
        }
        guard let goal else { return }
        let failure = failure(of: { try mirror.follow(to: goal.segment, goal.end, appended: goal.appended) })
        let damage = mirror.damage
        state.withLock { ($0.failure, $0.damage) = (failure, damage) }
    }

    private func failure(of body: () throws -> Void) -> DiskFailure? {
        do {
            try body()
            return nil
        } catch {
            return error as? DiskFailure ?? DiskFailure(call: "mirror", path: path, number: EIO)
        }
    }

    /// Looks whether the mirror follows a log that was read up to `end` in `segment`, for a process that only reads.
    func check(readThrough segment: String, _ end: Int, now: Moment, within seconds: Double) {
        if isLate { return }
        run(within: seconds) { [self] in
            let status = monitor.check(
                "\(path)/\(node)", of: folder, readThrough: segment, end, now: now, disk: disk)
            state.withLock { state in
                switch status {
                // Bytes of a failed sync may be readable and yet lost; only the next write settles it.
                case .follows where state.failure?.isOfSync == true: break
                case .follows: state.failure = nil
                case .isBehind: break
                // The failure of a write says more.
                case .cannotFollow(let failure): state.failure = state.failure ?? failure
                }
            }
        }
    }

    /// Closes the files. Does not wait for a disk that no longer answers.
    func close() {
        let wasLate = isLate
        queue.async(group: work) { self.mirror.close() }
        if !wasLate { wait(within: MirrorFollower.deadline) }
    }
}
