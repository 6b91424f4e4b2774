import Journal

/// One node's side of the protocol: what a data folder and a hub have to give one another (H1 to H9 in `Hub.md`).
///
/// It has no thread, clock or network of its own, so that a simulation runs the same steps as the program.
public final class HubExchange {
    private let folder: String
    private let disk: any Disk
    private let limit: BatchLimit
    /// The logs that are read, by node.
    private var outboxes: [String: LogOutbox] = [:]
    /// The logs of other nodes that are written, by node.
    private var copies: [String: LogCopy] = [:]
    /// The logs whose last common line was compared with the hub's on this connection.
    private var compared: Set<String> = []
    /// The logs that are not exchanged on this connection.
    private var stops: [String: HubStatus.Stop] = [:]
    /// Forks that any node has found.
    private var known: [HubFork] = []
    private var logs: [String: HubStatus.Log] = [:]
    private var node = ""
    /// Whether lines are missing in the middle of a log in the hub, as of the last count.
    private var hasGap = false
    /// Whether lines or keys moved in the last round.
    private var hasMoved = false
    /// Whether lines are left to another node, which is sending the same log.
    private var isWaiting = false
    private var keys: KeyExchange
    /// Is called again and again while a batch is on its way.
    public var progress: () -> Void = {}

    public init(of folder: String, disk: any Disk = SystemDisk(), limit: BatchLimit = .usual) {
        (self.folder, self.disk, self.limit) = (folder, disk, limit)
        keys = KeyExchange(of: folder, disk: disk)
    }

    deinit { for node in copies.keys { copies[node]?.close() } }

    /// A connection begins. All is compared again: the hub may have lost its last hours, or a copy of a log may have been
    /// removed.
    public func begin() {
        (compared, stops, known) = ([], [:], [])
        for node in copies.keys { copies[node]?.close() }
        copies = [:]
        for node in logs.keys { logs[node]?.here = 0 }
    }

    public enum Outcome: Equatable, Sendable {
        /// Both have all that the other had.
        case inStep
        /// There is more to send or to hear.
        case hasMore
        /// There is more to send of a log of which another node is sending lines.
        case waits
        /// The folder is a copy of another that has not recorded anything yet.
        case isCopy
    }

    /// Exchanges at most one batch of each log in each direction. `thoroughly`: the hub counts its lines, and what was
    /// stopped is tried again.
    ///
    /// - Throws: ``HubError``, ``JournalError``; the exchange can be used again, on another connection.
    public func round(_ hub: some HubTransport, thoroughly: Bool = false) throws -> Outcome {
        let hadMoved = hasMoved
        (hasMoved, isWaiting) = (false, false)
        if thoroughly { begin() }
        let (own, isCopy) = try Journal.writer(of: folder, disk: disk)
        node = own
        // Its lines have the original's name (H8).
        if isCopy { return .isCopy }
        if let former = copies.removeValue(forKey: own) {
            var former = former
            former.close()
        }
        // E4
        if compared.isEmpty { try Journal.settle(folder, disk: disk) }
        // Before HEAD is read: a hub that has more than that has lines which this folder lost.
        var heads = try hub.heads()
        if thoroughly || compared.isEmpty || (hasGap && hadMoved) {
            let whole = try hub.whole(heads)
            (hasGap, heads) = (whole != heads, whole)
        }
        // H7: a key is there before the lines that it opens, so what is sent is fixed before the keys are.
        var outbox = outboxes[own] ?? LogOutbox(of: own, in: folder, isOwn: true, disk: disk)
        _ = try outbox.refresh()
        outboxes[own] = outbox
        try keys.notice()
        let nodes = Set(heads.keys).union(logs.keys).union([own])
        if compared.isEmpty { keys.isDue = true }
        if try keys.run(hub, own: own, nodes: nodes) { hasMoved = true }
        if keys.isDoubled, stops[own] == nil { try tellDoubled(own, hubHas: heads[own] ?? 0, hub) }
        var hasMore = false
        for node in try ([own] + Journal.nodes(in: folder, disk: disk).filter { $0 != own }) where stops[node] == nil {
            if try push(node, own: own, hubHas: heads[node] ?? 0, hub) { hasMore = true }
        }
        for (node, last) in heads.sorted(by: { $0.key < $1.key }) where node != own && stops[node] == nil {
            if try pull(node, through: last, hub) { hasMore = true }
        }
        known = try hub.forks()
        if hasMoved { keys.isDue = true }
        return hasMore || (hasMoved && keys.isDue) ? .hasMore : isWaiting || keys.isDue ? .waits : .inStep
    }

    /// What is to be told, by node.
    public var status: HubStatus {
        var status = HubStatus()
        status.node = node
        status.logs = logs.values.sorted { $0.node < $1.node }.map { log in
            var log = log
            log.unconfirmedKeys = keys.unconfirmed[log.node] ?? 0
            return log
        }
        var stops = stops
        for fork in known where stops[fork.node] == nil {
            stops[fork.node] = HubStatus.Stop(node: fork.node, trouble: .fork, sequence: fork.sequence)
        }
        status.stops = stops.values.sorted { ($0.node, $0.sequence) < ($1.node, $1.sequence) }
        return status
    }

    private func stop(_ node: String, _ trouble: HubStatus.LogTrouble, _ sequence: Int) {
        stops[node] = HubStatus.Stop(node: node, trouble: trouble, sequence: sequence)
    }

    private func note(_ node: String, here: Int? = nil, hub: Int? = nil) {
        var log = logs[node] ?? HubStatus.Log(node: node)
        if let here { log.here = here }
        if let hub { log.hub = hub }
        logs[node] = log
    }

    // MARK: Sending

    /// The lines that are read while the hub works on those before.
    private static let piece = 500

    /// Sends a batch of a log that the hub has up to a number; returns whether there is more.
    ///
    /// Every node sends all logs that it has, so that any of them can refill a hub (H5).
    private func push(_ node: String, own: String, hubHas: Int, _ hub: some HubTransport) throws -> Bool {
        var outbox = outboxes[node] ?? LogOutbox(of: node, in: folder, disk: disk)
        defer { outboxes[node] = outbox }
        let end = node == own ? outbox.goal.sequence : try outbox.refresh().sequence
        // A folder that is no log of that node.
        if end == 0, hubHas == 0, node != own { return false }
        note(node, here: end, hub: hubHas)
        if hubHas > end {
            // H8; a HEAD that a power cut has left behind is no loss.
            if node == own, try outbox.lastLine().sequence < hubHas { try tellPutBack(&outbox, hub) }
            return false
        }
        // H4: the last line that both have is sent once more, so that a fork shows at once.
        let start = compared.contains(node) || hubHas == 0 ? hubHas : hubHas - 1
        if start >= end {
            compared.insert(node)
            return false
        }
        var lines: [CarriedLine] = []
        let hashes = try hub.push(atMost: limit.lines) {
            progress()
            guard let limit = limit.piece(after: lines, lines: HubExchange.piece) else { return [] }
            let piece = try outbox.lines(after: lines.last?.sequence ?? start, limit)
            lines += piece
            return piece
        }
        guard let hashes else {
            isWaiting = true
            return false
        }
        guard let last = lines.last else {
            stop(node, .damaged, start + 1)
            return false
        }
        for (line, hash) in zip(lines, hashes) where hash != line.hash {
            if hash != nil {
                try fork(line, &outbox, hub)
            } else if compared.remove(node) != nil {
                // The hub has other lines than a moment ago: it was put back, or a clone has added its own.
                return true
            } else {
                stop(node, .refused, line.sequence)
            }
            return false
        }
        compared.insert(node)
        note(node, hub: max(hubHas, last.sequence))
        if last.sequence > hubHas { hasMoved = true }
        return last.sequence < end
    }

    /// Tells that the hub has lines of this node that are not here: of an earlier state of the folder, or of a clone.
    private func tellPutBack(_ outbox: inout LogOutbox, _ hub: some HubTransport) throws {
        let end = outbox.goal.sequence
        if try !isForked(at: end, &outbox, hub) { stop(outbox.node, .putBack, end + 1) }
    }

    /// Tells that the hub's log is of another machine of this name, which has other keys. Unless a line differs already, the
    /// next one here is kept beside it.
    private func tellDoubled(_ own: String, hubHas: Int, _ hub: some HubTransport) throws {
        guard var outbox = outboxes[own] else { return }
        defer { outboxes[own] = outbox }
        let end = outbox.goal.sequence
        note(own, here: end, hub: hubHas)
        if try isForked(at: min(hubHas, end), &outbox, hub) { return }
        let sequence = min(hubHas + 1, end)
        if try !hub.forks().contains(where: { $0.node == own }), let line = try outbox.line(sequence) {
            try hub.add(fork: line)
        }
        stop(own, .fork, sequence)
    }

    /// Whether the hub has another line of a number; then the first that differs is kept and told.
    private func isForked(
        at sequence: Int, _ outbox: inout LogOutbox, _ hub: some HubTransport
    ) throws -> Bool {
        guard let line = try outbox.line(sequence), let row = try row(sequence, of: line.node, hub),
            row.bytes != line.bytes
        else { return false }
        try fork(line, &outbox, hub)
        return true
    }

    /// Keeps the first line that differs in the hub, beside the other (H4).
    private func fork(_ line: CarriedLine, _ outbox: inout LogOutbox, _ hub: some HubTransport) throws {
        var (same, first) = (0, line)
        // By halves: each hash covers all lines before it.
        while first.sequence - same > 1 {
            let middle = (same + first.sequence) / 2
            guard let ours = try outbox.line(middle) else { break }
            if try row(middle, of: line.node, hub)?.bytes == ours.bytes { same = middle } else { first = ours }
        }
        try hub.add(fork: first)
        stop(line.node, .fork, first.sequence)
    }

    /// The hub's line of a number; `nil` if it has none.
    private func row(_ sequence: Int, of node: String, _ hub: some HubTransport) throws -> HubRow? {
        try hub.pull(node, after: sequence - 1, BatchLimit(lines: 1, bytes: 1)).first { $0.sequence == sequence }
    }

    // MARK: Hearing

    /// Takes a batch of another node's log, which the hub has up to a number; returns whether there is more.
    private func pull(_ node: String, through last: Int, _ hub: some HubTransport) throws -> Bool {
        guard Journal.isNodeName(node) else { return false }
        note(node, hub: last)
        do {
            // Nothing is begun for a node whose lines are all here.
            if let here = logs[node]?.here, here >= last { return false }
            var copy = try copies.removeValue(forKey: node) ?? LogCopy(of: node, in: folder, disk: disk)
            var isUsable = false
            defer { if isUsable { copies[node] = copy } else { copy.close() } }
            defer { note(node, here: copy.end.sequence) }
            let before = copy.end.sequence
            if before >= last {
                isUsable = true
                return false
            }
            let rows = try hub.pull(node, after: before, limit)
            let lines = rows.map { row in
                CarriedLine(
                    node: node, sequence: row.sequence, segment: row.segment, offset: row.offset, bytes: row.bytes)
            }
            // H2, H3: proved, in order and durable before it counts as heard.
            try copy.append(lines.prefix { $0 != nil }.compactMap { $0 })
            isUsable = true
            if copy.end.sequence > before { hasMoved = true }
            if let wrong = lines.firstIndex(of: nil) { stop(node, .hubDamaged, rows[wrong].sequence) }
            if rows.isEmpty { stop(node, .gap, before + 1) }
            return stops[node] == nil && copy.end.sequence < last
        } catch let refusal as LogCopy.Refusal {
            switch refusal {
            case .gap(_, let last): stop(node, .gap, last + 1)
            case .damaged(_, let last): stop(node, .damaged, last + 1)
            case .fork(_, let sequence):
                var outbox = LogOutbox(of: node, in: folder, disk: disk)
                _ = try outbox.refresh()
                if try !isForked(at: sequence, &outbox, hub) { stop(node, .hubDamaged, sequence + 1) }
            }
            return false
        }
    }
}
