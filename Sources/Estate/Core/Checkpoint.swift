import Foundation
import Handbook
import Journal

/// A copy of the journal lines that today's work needs, so that a start need not read the whole journal.
///
/// The file has a head in JSON, `{"proof":…,"moment":…,"bytes":…,"receipts":…,"positions":[…]}`, then the lines, then the
/// receipts, both of a length that the head states. `moment` is the time, in milliseconds, for which the working set was worked out; `proof` is a hash of it and of the fields of all
/// facts. `positions` are the points up to which the journal was read; a start continues there. The file is disposable:
/// it is ignored if the journal no longer matches a position, if the fields of the facts have changed, or if a line
/// fails its hash. The whole journal is read then, and a new checkpoint is written. Deleting it costs only start time.
struct Checkpoint {
    let positions: [Journal.Position]
    /// The moment as of which the working set was worked out.
    let moment: Moment
    /// Complete lines of the journal, with their newlines.
    let lines: [UInt8]
    /// The receipts of the last ``ActionReceipts/days``.
    private let receipts: ActionReceipts
    /// The same as bytes, to be written.
    private let receiptBytes: [UInt8]

    private static let name = "working-set.jsonl"
    private static func folder(in data: String) -> String { "\(data)/checkpoint" }
    static func path(in data: String) -> String { "\(folder(in: data))/\(name)" }

    // MARK: Reading

    /// Reads the checkpoint of a data folder; `nil` if there is none that this program can use.
    init?(of folder: String, on disk: any Disk) {
        guard let data = try? disk.contents(of: Checkpoint.path(in: folder)), let newline = data.firstIndex(of: 0x0A),
            let json = try? JSONValue(parsing: String(decoding: data[..<newline], as: UTF8.self)),
            case .object(let head) = json, case .number(let number)? = head["moment"],
            let moment = Int64(number).map(Moment.init(milliseconds:)),
            head["proof"] == .string(Checkpoint.proof(of: moment)),
            case .number(let length)? = head["bytes"], let end = Int(length).map({ newline + 1 + $0 }),
            (newline + 1...data.count).contains(end), head["receipts"] == .number(String(data.count - end)),
            let receipts = data.withUnsafeBytes({ ActionReceipts(UnsafeRawBufferPointer(rebasing: $0[end...])) }),
            case .array(let places)? = head["positions"]
        else { return nil }
        self.moment = moment
        positions = places.compactMap(Checkpoint.position)
        lines = Array(data[(newline + 1)..<end])
        (self.receipts, receiptBytes) = (receipts, [])
        if positions.count < places.count { return nil }
    }

    private static func proof(of moment: Moment) -> String {
        Array("\(Estate.facts.schema) \(moment.milliseconds)".utf8).withUnsafeBytes { Digest(of: $0).text }
    }

    private static func position(_ json: JSONValue) -> Journal.Position? {
        guard case .object(let members) = json, case .string(let node)? = members["node"],
            case .string(let segment)? = members["segment"], case .number(let offset)? = members["offset"],
            case .number(let sequence)? = members["sequence"], case .string(let hash)? = members["hash"],
            let offset = Int(offset), let sequence = Int(sequence), let digest = Digest(hash)
        else { return nil }
        return Journal.Position(node: node, segment: segment, offset: offset, sequence: sequence, hash: digest)
    }

    /// The state after all lines except undone facts; `nil` if a line fails its hash.
    func estate(_ handbook: Handbook, without undone: Undone, now: Moment, _ ring: KeyRing) -> Estate? {
        struct DamagedLine: Error {}
        var estate = Estate(handbook: handbook, without: undone, now: now, ring)
        let read = try? lines.withUnsafeBytes { all in
            try all.eachLine { bytes, _ in
                guard let line = Line(proving: bytes) else { throw DamagedLine() }
                _ = Estate.facts.apply(line, to: &estate, keepsReceipt: false)
            }
        }
        estate.actionReceipts = receipts
        // Not before: a line's subject may have been left out.
        estate.partial = PartialHistory(window: RetentionWindow(at: moment, in: estate.zone, handbook))
        return read == lines.count ? estate : nil
    }

    // MARK: Writing

    /// Copies the lines of a working set from the journal. `positions`: up to which the journal was read when the set
    /// was made. Throws ``JournalError``.
    init(
        of folder: String, _ set: WorkingSet, _ handbook: Handbook, positions: [Journal.Position], on disk: any Disk
    ) throws {
        (self.positions, moment) = (positions, set.moment)
        (receipts, receiptBytes) = (ActionReceipts(), set.receipts)
        let limits = Dictionary(uniqueKeysWithValues: positions.map { ($0.node, $0.sequence) })
        var retained: [UInt8] = []
        // Reading a fact needs an estate for its zone.
        var estate = Estate(handbook: handbook)
        estate.zone = set.zone
        let journal = try Journal(at: folder, zone: set.zone, disk: disk)
        try journal.catchUp { line in
            // A start reads later lines from the journal itself.
            guard line.sequence <= limits[line.node] ?? 0, Estate.facts.isRetained(line, in: set, &estate) else {
                return
            }
            retained.append(contentsOf: line.bytes)
            retained.append(0x0A)
        }
        // The lines of a node that could not be read would be missing.
        if let failure = journal.nodeFailures.first?.failure { throw JournalError.disk(failure) }
        // A start from it would not see the damage.
        if journal.isDamaged { throw JournalError.disk(DiskFailure(call: "read", path: folder, number: EIO)) }
        lines = retained
    }

    /// Removes the checkpoint of a folder: the next start reads the whole journal.
    static func remove(from folder: String, on disk: any Disk) { try? disk.remove(path(in: folder)) }

    /// Replaces the former checkpoint atomically. Throws ``DiskFailure``.
    func save(in folder: String, on disk: any Disk) throws {
        let head = JSONWriter.object { json in
            json.member("proof", Checkpoint.proof(of: moment))
            json.member("moment", Int(moment.milliseconds))
            json.member("bytes", lines.count)
            json.member("receipts", receiptBytes.count)
            json.member("positions", positions) { json, position in
                json.member("node", position.node)
                json.member("segment", position.segment)
                json.member("offset", position.offset)
                json.member("sequence", position.sequence)
                json.member("hash", position.hash.text)
            }
        }
        try disk.makeFolder(Checkpoint.folder(in: folder), mode: 0o700)
        var text: [UInt8] = []
        text.reserveCapacity(head.utf8.count + 1 + lines.count + receiptBytes.count)
        text += head.utf8
        text.append(0x0A)
        text += lines
        text += receiptBytes
        try disk.replace(Checkpoint.name, in: Checkpoint.folder(in: folder), text: text)
    }
}
