import Demo
import Estate
import Foundation
import Journal

/// A copy of an estate to record visitors in, and a plain file on the same file system as the floor.
final class WritableEstate {
    let folder: EstateFolder
    let store: Store
    let floor: AppendFile
    /// What the visitors add to the journal.
    var segment: SegmentTail
    /// The guard who registers them.
    let guardCode = Roster.guards[0]
    private let hosts: [UnitCode]
    private var count = 0

    private init(_ folder: EstateFolder) throws {
        self.folder = folder
        store = try Store(at: folder.path)
        floor = try AppendFile(at: "\(folder.path)/floor")
        segment = try SegmentTail(of: folder)
        hosts = Array(store.estate.people.units.keys)
    }

    /// `node`: the name of a new log for the copy. Without it, the copy continues the estate's own log.
    static func with<Value>(
        _ options: Options, facts: Int = Options.smallEstate, node: String? = nil,
        _ body: (WritableEstate) throws -> Value
    ) throws -> Value {
        try Workload.estate(facts: facts, options).withCopy { folder in
            if let node {
                try FileManager.default.createDirectory(
                    atPath: "\(folder.path)/journal/\(node)", withIntermediateDirectories: true)
                try Data("\(node)\n".utf8).write(to: URL(fileURLWithPath: "\(folder.path)/NODE"))
            }
            return try body(WritableEstate(folder))
        }
    }

    /// One of a sequence of similar visitors.
    func nextVisitor() -> ArriveVisitor {
        count += 1
        return ArriveVisitor(name: "访客\(count)", host: hosts[count % hosts.count], purpose: "快递")
    }

    func registerVisitor() throws { try store.perform(nextVisitor(), by: guardCode) }
}
