import Foundation
import Handbook
import Journal

/// A copy of the journal lines that today's work needs, so that a start need not read the whole journal.
///
/// The file is disposable: deleting it costs only start time. Its first line says where the journal has the record of the
/// SHA-256 of all that follows, `{"node":…,"segment":…,"offset":…,"sequence":…,"hash":…}`. So no edit of the file counts,
/// hashes included: without its record it is ignored, the whole journal is read, and a new checkpoint is written. It is
/// ignored as well if the journal no longer matches a position, or if the fields of the facts have changed.
///
/// Then come a head, `{"proof":…,"moment":…,"bytes":…,"receipts":…,"positions":[…]}`, the lines, and the receipts, both of
/// a length that the head states. `moment` is the time, in milliseconds, for which the working set was worked out;
/// `proof` is a hash of it, of the fields of all facts and of this form. `positions` are the points up to which the journal
/// was read; a start continues there.
struct Checkpoint {
    let positions: [Journal.Position]
    /// The moment as of which the working set was worked out.
    let moment: Moment
    /// Complete lines of the journal, with their newlines.
    let lines: [UInt8]
    /// The receipts of the keys that are known.
    private let receipts: ActionReceipts
    /// The same as bytes, to be written.
    private let receiptBytes: [UInt8]
    private let zone: Zone

    private static let name = "working-set.jsonl"
    private static func folder(in data: String) -> String { "\(data)/checkpoint" }
    static func path(in data: String) -> String { "\(folder(in: data))/\(name)" }

    // MARK: Reading

    /// Reads the checkpoint of a data folder; `nil` if there is none that this program can use, or if the journal does not
    /// vouch for it.
    init?(of folder: String, vouchedFor journal: Journal, on disk: any Disk) {
        guard let data = try? disk.contents(of: Checkpoint.path(in: folder)), let start = data.firstIndex(of: 0x0A),
            let record = Checkpoint.json(data[..<start]).flatMap(Checkpoint.position),
            journal.vouches(for: Checkpoint.digest(of: data[(start + 1)...]), at: record)
        else { return nil }
        let content = data[(start + 1)...]
        guard let newline = content.firstIndex(of: 0x0A),
            case .object(let head)? = Checkpoint.json(content[..<newline]),
            let moment = head.moment("moment"), head.string("proof") == Checkpoint.proof(of: moment),
            let length: Int = head.integer("bytes"), case let end = newline + 1 + length,
            (newline + 1...data.count).contains(end), head.integer("receipts") == data.count - end,
            let receipts = data.withUnsafeBytes({ ActionReceipts(UnsafeRawBufferPointer(rebasing: $0[end...])) }),
            case .array(let places)? = head["positions"]
        else { return nil }
        self.moment = moment
        positions = places.compactMap(Checkpoint.position)
        lines = Array(data[(newline + 1)..<end])
        (self.receipts, receiptBytes, zone) = (receipts, [], journal.zone)
        if positions.count < places.count { return nil }
    }

    private static func json(_ bytes: some Sequence<UInt8>) -> JSONValue? {
        try? JSONValue(parsing: String(decoding: Array(bytes), as: UTF8.self))
    }

    private static func digest(of content: ArraySlice<UInt8>) -> Digest {
        content.withUnsafeBytes { Digest(of: $0) }
    }

    /// Raised when the head or the receipts get another form.
    private static let layout = 2

    private static func proof(of moment: Moment) -> String {
        Array("\(layout) \(Estate.facts.schema) \(moment.milliseconds)".utf8).withUnsafeBytes { Digest(of: $0).text }
    }

    private static func position(_ json: JSONValue) -> Journal.Position? {
        guard case .object(let members) = json, let node = members.string("node"),
            let segment = members.string("segment"), let offset: Int = members.integer("offset"),
            let sequence: Int = members.integer("sequence"), let digest = members.string("hash").flatMap({ Digest($0) })
        else { return nil }
        return Journal.Position(node: node, segment: segment, offset: offset, sequence: sequence, hash: digest)
    }

    /// The state after all lines except undone facts; `nil` if the bytes are no lines. Their hashes need no check: the
    /// journal vouches for all of the bytes.
    func estate(_ handbook: Handbook, without undone: Undone, now: Moment, _ ring: KeyRing) -> Estate? {
        struct DamagedLine: Error {}
        var estate = Estate(handbook: handbook, without: undone, now: now, ring)
        let read = try? lines.withUnsafeBytes { all in
            try all.eachLine { bytes, _ in
                guard let line = Line(bytes) else { throw DamagedLine() }
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
        (receipts, receiptBytes, zone) = (ActionReceipts(), set.receipts, set.zone)
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

    /// Puts the checkpoint on record in the journal, then replaces the former one atomically. A copy of a folder has none: a
    /// record would make a node of it. Throws ``JournalError`` or ``DiskFailure``.
    func save(in folder: String, on disk: any Disk) throws {
        let moment = moment
        let journal = try Journal(at: folder, zone: zone, clock: { moment }, disk: disk)
        journal.patience = Checkpoint.patience
        // What was read is not read again under the lock.
        guard !journal.isCopy, journal.start(after: positions) else { return }
        try disk.makeFolder(Checkpoint.folder(in: folder), mode: 0o700)
        let content = content
        let record = try journal.vouch(for: Checkpoint.digest(of: content[...]))
        var text = Array(JSONWriter.object { Checkpoint.write(record, to: &$0) }.utf8)
        text.reserveCapacity(text.count + 1 + content.count)
        text.append(0x0A)
        text += content
        try disk.replace(Checkpoint.name, in: Checkpoint.folder(in: folder), text: text)
    }

    /// The seconds to wait for a journal that another program holds.
    private static let patience = 2.0

    private var content: [UInt8] {
        let head = JSONWriter.object { json in
            json.member("proof", Checkpoint.proof(of: moment))
            json.member("moment", Int(moment.milliseconds))
            json.member("bytes", lines.count)
            json.member("receipts", receiptBytes.count)
            json.member("positions", positions) { Checkpoint.write($1, to: &$0) }
        }
        return Array(head.utf8) + [0x0A] + lines + receiptBytes
    }

    private static func write(_ position: Journal.Position, to json: inout JSONWriter) {
        json.member("node", position.node)
        json.member("segment", position.segment)
        json.member("offset", position.offset)
        json.member("sequence", position.sequence)
        json.member("hash", position.hash.text)
    }
}
