import Handbook
import Journal

/// Which fields of a kind of fact are sealed, and in which class.
struct SealingRule: Sendable {
    /// The name of the class in keys, e.g. `visitors`.
    let kind: String
    let fields: Set<String>
    /// Only these roles may read them; `nil`: everybody who sees the record.
    let readers: Set<Role>?
}

extension Estate {
    /// The rule for a kind of fact by the handbook; `nil` if nothing of it is sealed. Asked when facts are recorded, and
    /// never when they are applied.
    func sealingRule(of fact: any Fact) -> SealingRule? { sealingRule(of: type(of: fact)) }

    func sealingRule(of fact: any Fact.Type) -> SealingRule? {
        let kind = fact.kind.description
        return Estate.features.lazy.compactMap { $0.sealingRule(of: kind, by: handbook) }.first
    }

    /// The fields of a kind of fact that a reader must not see; `nil`: one who has not said who they are.
    func closedFields(of fact: any Fact.Type, to reader: Role?) -> Set<String> {
        guard let rule = sealingRule(of: fact), let readers = rule.readers else { return [] }
        return reader.map(readers.contains) ?? false ? [] : rule.fields
    }

    /// What a key of a place must not be: the latest generation of which lines are known, and of which some have ended.
    func generations(of place: KeyPlace) -> (used: Int?, ended: Int?) {
        (sealedLines.generation(of: place), endings.generation(of: place))
    }

    /// Whether a line of a record is sealed and has not ended.
    public func hasParticulars(_ record: EntryID) -> Bool {
        sealedLines.entries(of: record).contains { name, entries in entries.contains { !endings.holds(name, $0.id) } }
    }

    /// Why a record's particulars are still needed on a day: its case is open, or it owes. `nil` if they are not.
    func needsParticulars(of record: EntryID, on day: Day) -> Label? {
        Estate.features.lazy.compactMap { $0.needsParticulars(of: record, in: self, on: day) }.first
    }
}

/// A fact as it stands in a line: its plain part, and its particulars if any are to be sealed.
struct FactParts {
    let data: [UInt8]
    let particulars: [UInt8]?
}

extension Fact {
    /// The data object of the fact's line, without the fields to be sealed, and these in an object of their own. `at`
    /// only where it differs from the time of writing.
    func parts(at: Moment?, zone: Zone, sealing sealed: Set<String>) -> FactParts {
        var (fact, writer) = (self, JSONRecordWriter(json: JSONWriter(), zone: zone, keepsAbsent: false))
        writer.sealedKeys = sealed
        writer.json.openObject()
        if !sealed.isEmpty { writer.sealed.openObject() }
        if let at {
            writer.json.key("at")
            writer.json.plain(at.text(in: zone))
        }
        try? fact.fields(&writer)
        writer.json.closeObject()
        writer.sealed.closeObject()
        return FactParts(data: writer.json.bytes, particulars: writer.hasSealed ? writer.sealed.bytes : nil)
    }

    /// The data object of the fact's line with nothing sealed.
    func data(at: Moment?, zone: Zone) -> [UInt8] { parts(at: at, zone: zone, sealing: []).data }
}
