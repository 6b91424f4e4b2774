import Foundation
import Handbook
import Journal

/// The facts that today's work needs, copied from the journal with how far it had been read: what a start reads first.
///
/// Disposable: it is passed over when its anchor does not hold, when the facts have other fields now, or when a line in it
/// does not prove itself; then everything is read, and a new one is written. Deleting it changes nothing but a start's time.
struct Checkpoint {
    let positions: [Journal.Position]
    /// Whole lines of the journal, newlines included.
    let lines: [UInt8]

    private static let name = "working-set.jsonl"
    private static func folder(in data: String) -> String { "\(data)/checkpoint" }
    static func path(in data: String) -> String { "\(folder(in: data))/\(name)" }

    // MARK: Reading

    /// The checkpoint of a data folder; `nil` when there is none that this program can use.
    init?(of folder: String, on disk: any Disk) {
        guard let data = try? disk.contents(of: Checkpoint.path(in: folder)), let newline = data.firstIndex(of: 0x0A),
            let json = try? JSONValue(parsing: String(decoding: data[..<newline], as: UTF8.self)),
            case .object(let head) = json, head["schema"] == .string(Estate.facts.schema),
            head["bytes"] == .number(String(data.count - newline - 1)), case .array(let places)? = head["positions"]
        else { return nil }
        positions = places.compactMap(Checkpoint.position)
        lines = Array(data[(newline + 1)...])
        if positions.count < places.count { return nil }
    }

    private static func position(_ json: JSONValue) -> Journal.Position? {
        guard case .object(let members) = json, case .string(let node)? = members["node"],
            case .string(let segment)? = members["segment"], case .number(let offset)? = members["offset"],
            case .number(let sequence)? = members["sequence"], case .string(let hash)? = members["hash"],
            let offset = Int(offset), let sequence = Int(sequence), let digest = Digest(hash)
        else { return nil }
        return Journal.Position(node: node, segment: segment, offset: offset, sequence: sequence, hash: digest)
    }

    /// Applies the facts but those taken back since; `nil` when a line does not prove itself.
    func estate(_ handbook: Handbook, without undone: Undone, now: Moment) -> Estate? {
        struct Unproved: Error {}
        var estate = Estate(handbook: handbook, without: undone, now: now)
        let whole = try? lines.withUnsafeBytes { all in
            try all.eachLine { bytes, _ in
                guard let line = Line(proving: bytes) else { throw Unproved() }
                _ = Estate.facts.apply(line, to: &estate)
            }
        }
        return whole == lines.count ? estate : nil
    }

    // MARK: Writing

    /// Copies the facts of a working set from the journal, which had been read up to `positions` when the set was made.
    init(
        of folder: String, _ set: WorkingSet, _ handbook: Handbook, positions: [Journal.Position], on disk: any Disk
    ) throws {
        self.positions = positions
        let limits = Dictionary(uniqueKeysWithValues: positions.map { ($0.node, $0.sequence) })
        var kept: [UInt8] = []
        var scratch = Estate(handbook: handbook)
        scratch.zone = set.zone
        try Journal(at: folder, zone: set.zone, disk: disk).catchUp { line in
            // What has come since is read from the journal itself.
            guard line.sequence <= limits[line.node] ?? 0, Estate.facts.isRetained(line, in: set, &scratch) else {
                return
            }
            kept.append(contentsOf: line.bytes)
            kept.append(0x0A)
        }
        lines = kept
    }

    /// Puts the checkpoint in place of the former one, whole or not at all.
    func save(in folder: String, on disk: any Disk) throws {
        var json = JSONWriter()
        json.openObject()
        json.key("schema")
        json.string(Estate.facts.schema)
        json.key("bytes")
        json.integer(lines.count)
        json.key("positions")
        json.openArray()
        for position in positions {
            json.openObject()
            json.key("node")
            json.string(position.node)
            json.key("segment")
            json.string(position.segment)
            json.key("offset")
            json.integer(position.offset)
            json.key("sequence")
            json.integer(position.sequence)
            json.key("hash")
            json.string(position.hash.text)
            json.closeObject()
        }
        json.closeArray()
        json.closeObject()
        try disk.makeFolder(Checkpoint.folder(in: folder), mode: 0o700)
        try disk.replace(Checkpoint.name, in: Checkpoint.folder(in: folder), text: json.bytes + [0x0A] + lines)
    }
}
