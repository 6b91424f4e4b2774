/// What a line says that the journal writes for itself. Such a line is not delivered.
enum OwnRecord {
    /// `journal.setAside`
    case setAside(SetAside)
    /// `journal.alarm`: what a writer found wrong with HEAD, which it then wrote anew.
    ///
    ///     "d":{"kind":"rewritten","segment":"2026-11.jsonl","offset":1042,"from":7,"to":7}
    case alarm(Alarm)
    /// `journal.checkpoint`: the SHA-256 of a checkpoint of the state; see ``Journal/vouch(for:)``.
    ///
    ///     "d":{"content":"2d66…"}
    case checkpoint(Digest)

    struct Alarm {
        let damage: Damage
        /// When it was put on record.
        let at: Moment
    }

    fileprivate static let prefix = "journal."
    fileprivate static let alarmKind = "journal.alarm"
    fileprivate static let checkpointKind = "journal.checkpoint"
}

extension Line {
    /// Whether the journal wrote the line for itself.
    @inline(__always)
    var isOwn: Bool {
        // The cheap test first: this runs for each line.
        kind.first == UInt8(ascii: "j") && kind.starts(with: OwnRecord.prefix.utf8)
    }

    /// What a line of the journal's own says; `nil` for any other line.
    var ownRecord: OwnRecord? {
        guard isOwn else { return nil }
        if let setAside { return .setAside(setAside) }
        if kind.elementsEqual(OwnRecord.alarmKind.utf8) { return alarm.map(OwnRecord.alarm) }
        guard kind.elementsEqual(OwnRecord.checkpointKind.utf8) else { return nil }
        var scanner = JSONScanner(data)
        guard scanner.take("{"), scanner.takeKey("content"), let text = try? scanner.string() else { return nil }
        return Digest(text).map(OwnRecord.checkpoint)
    }

    private var alarm: OwnRecord.Alarm? {
        var scanner = JSONScanner(data)
        guard scanner.take("{"), scanner.takeKey("kind"),
            let kind = (try? scanner.string()).flatMap(Damage.Kind.init(rawValue:)), scanner.take(","),
            scanner.takeKey("segment"), let segment = try? scanner.string(), scanner.take(","),
            scanner.takeKey("offset"), let offset = try? scanner.integer()
        else { return nil }
        var sequences: ClosedRange<Int>?
        if scanner.take(","), scanner.takeKey("from"), let from = try? scanner.integer(), scanner.take(","),
            scanner.takeKey("to"), let to = try? scanner.integer(), from <= to
        {
            sequences = from...to
        }
        return OwnRecord.Alarm(
            damage: Damage(kind: kind, node: node, segment: segment, offset: offset, sequences: sequences), at: written)
    }
}

extension NewEntry {
    /// The record of something wrong with HEAD.
    init(recording damage: Damage, at moment: Moment) {
        var json = JSONWriter()
        json.openObject()
        json.key("kind")
        json.string(damage.kind.rawValue)
        json.key("segment")
        json.string(damage.segment)
        json.key("offset")
        json.integer(damage.offset)
        if let sequences = damage.sequences {
            json.key("from")
            json.integer(sequences.lowerBound)
            json.key("to")
            json.integer(sequences.upperBound)
        }
        json.closeObject()
        self.init(id: EntryID(at: moment), by: "journal", kind: OwnRecord.alarmKind, data: json.bytes)
    }

    /// The record of a checkpoint's content.
    init(vouchingFor content: Digest, at moment: Moment) {
        var json = JSONWriter()
        json.openObject()
        json.key("content")
        json.string(content.text)
        json.closeObject()
        self.init(id: EntryID(at: moment), by: "journal", kind: OwnRecord.checkpointKind, data: json.bytes)
    }
}
