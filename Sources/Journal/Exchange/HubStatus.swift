/// How far a node and its hub are in step, as the process that follows last wrote it to `FOLDER/hub/STATUS`.
public struct HubStatus: Equatable, Sendable {
    /// One node's log.
    public struct Log: Equatable, Sendable {
        public let node: String
        /// The number of the last durable line that is here.
        public var here: Int
        /// The number of the last line that the hub has.
        public var hub: Int
        /// The keys of which something has ended and that the node has not confirmed to have destroyed.
        public var unconfirmedKeys = 0

        /// The lines that are here and not in the hub.
        public var unsent: Int { max(0, here - hub) }
        /// The lines that are in the hub and not here.
        public var unheard: Int { max(0, hub - here) }

        public init(node: String, here: Int = 0, hub: Int = 0) { (self.node, self.here, self.hub) = (node, here, hub) }
    }

    /// What keeps one node's log from being exchanged.
    public enum LogTrouble: String, Sendable, CaseIterable {
        /// Two lines have one number: the machine was cloned or put back.
        case fork
        /// The hub has lines of this node that the folder has not: it was put back to an earlier state.
        case putBack
        /// Lines are missing in the hub.
        case gap
        /// A line in the hub is altered.
        case hubDamaged
        /// The log in this folder is damaged.
        case damaged
        /// The hub does not take a line.
        case refused
    }

    /// The log of a node that is not exchanged, and the line from which on.
    public struct Stop: Equatable, Sendable {
        public let node: String
        public let trouble: LogTrouble
        public let sequence: Int

        public init(node: String, trouble: LogTrouble, sequence: Int) {
            (self.node, self.trouble, self.sequence) = (node, trouble, sequence)
        }
    }

    /// The node whose log this folder writes.
    public var node = ""
    /// When it was written.
    public var at = Moment.distantPast
    /// When the hub and this folder last exchanged something or found that there was nothing; `nil`: not yet.
    public var reached: Moment?
    /// Why there is no connection now; `nil` while there is one.
    public var trouble: HubTrouble?
    /// When it is tried again, if there is none.
    public var next: Moment?
    /// What the system or the server says of it.
    public var detail = ""
    /// Host and database.
    public var hub = ""
    public var logs: [Log] = []
    public var stops: [Stop] = []

    public init() {}

    /// The seconds after which a status is one of a process that has ended.
    public static let staleAfter = 90
    /// Whether a process keeps the folder in step. A status from the future is of a clock that was put back since.
    public func isCurrent(at now: Moment) -> Bool {
        let last = max(at, next ?? at)
        return at.milliseconds <= now.milliseconds + 1_000 && now.seconds(since: last) <= HubStatus.staleAfter
    }

    /// The lines of this node that the hub has not.
    public var unsent: Int { logs.first { $0.node == node }?.unsent ?? 0 }
    /// The lines of other nodes that the hub has and this folder has not.
    public var unheard: Int {
        logs.filter { $0.node != node }.reduce(0) { min($0 + $1.unheard, Line.numbers.upperBound) }
    }

    // MARK: The file

    /// Writes the file, for other processes to read. Not synced: it is written again and again.
    public func save(in folder: String, disk: any Disk = SystemDisk()) throws {
        try JournalError.wrap { try disk.replace("STATUS", in: "\(folder)/\(HubFolder.name)", text: json) }
    }

    /// Removes the file of a folder that has no hub any more.
    public static func remove(from folder: String, disk: any Disk = SystemDisk()) throws {
        try JournalError.wrap { try disk.remove("\(folder)/\(HubFolder.status)") }
    }

    /// The status in a folder; `nil` if none was written.
    public init?(in folder: String, disk: any Disk = SystemDisk()) {
        guard let bytes = (try? disk.contents(of: "\(folder)/\(HubFolder.status)", most: 1 << 20)) ?? nil,
            case .object(let members)? = try? JSONValue(parsing: String(decoding: bytes, as: UTF8.self))
        else { return nil }
        guard let at = members.moment("at") else { return nil }
        self.at = at
        (node, hub, detail) = (
            members.string("node") ?? "", members.string("hub") ?? "", members.string("detail") ?? ""
        )
        (reached, next) = (members.moment("reached"), members.moment("next"))
        trouble = members.string("trouble").map(HubTrouble.init(code:))
        logs = members.objects("logs").compactMap { log in
            guard let node = log.string("node"), let here = log.count("here"), let hub = log.count("hub") else {
                return nil
            }
            var found = Log(node: node, here: here, hub: hub)
            found.unconfirmedKeys = log.count("keys") ?? 0
            return found
        }
        stops = members.objects("stops").compactMap { stop in
            guard let node = stop.string("node"), let sequence = stop.count("seq"),
                let trouble = stop.string("trouble").flatMap({ LogTrouble(rawValue: $0) })
            else { return nil }
            return Stop(node: node, trouble: trouble, sequence: sequence)
        }
    }

    /// The text of the file, also what `frontdesk hub --status --json` prints.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.openObject()
        json.key("node")
        json.string(node)
        json.key("hub")
        json.string(hub)
        json.key("at")
        json.integer(Int(at.milliseconds))
        if let reached {
            json.key("reached")
            json.integer(Int(reached.milliseconds))
        }
        if let trouble {
            json.key("trouble")
            json.string(trouble.code)
        }
        if let next {
            json.key("next")
            json.integer(Int(next.milliseconds))
        }
        json.key("detail")
        json.string(detail)
        json.key("logs")
        json.openArray()
        for log in logs {
            json.openObject()
            json.key("node")
            json.string(log.node)
            json.key("here")
            json.integer(log.here)
            json.key("hub")
            json.integer(log.hub)
            json.key("keys")
            json.integer(log.unconfirmedKeys)
            json.closeObject()
        }
        json.closeArray()
        json.key("stops")
        json.openArray()
        for stop in stops {
            json.openObject()
            json.key("node")
            json.string(stop.node)
            json.key("seq")
            json.integer(stop.sequence)
            json.key("trouble")
            json.string(stop.trouble.rawValue)
            json.closeObject()
        }
        json.closeArray()
        json.closeObject()
        return json.bytes + [UInt8(ascii: "\n")]
    }
}
