import Journal
import Synchronization

/// The sealed particulars of one journal line. They are opened when they are needed first, and kept open in memory until
/// a key ends.
public final class SealedObject: Sendable {
    /// Why particulars cannot be shown.
    public enum Loss: Error, Sendable, CaseIterable {
        /// Their key was destroyed, as the journal says.
        case ended
        /// Their key is missing, or does not fit.
        case unreadable

        public var label: Label {
            switch self {
            case .ended: Label("已到期删除", en: "erased")
            case .unreadable: Label("无法读取", en: "unreadable")
            }
        }
    }

    private struct Cache {
        var revision = -1
        /// The JSON text of each member.
        var members: Result<[String: [UInt8]], Loss> = .failure(.unreadable)
    }

    /// The line's `x`.
    let text: [UInt8]
    private let node: String
    private let id: EntryID
    private let kind: StaticString
    private let ring: KeyRing
    private let cache = Mutex(Cache())

    init(_ line: Line, kind: StaticString, _ ring: KeyRing) {
        (text, node, id) = (Array(line.sealed), line.node, line.id)
        (self.kind, self.ring) = (kind, ring)
    }

    /// The JSON text of a member; `nil` if the fact had no such value.
    func member(_ key: StaticString) -> Result<[UInt8]?, Loss> {
        let revision = ring.revision
        return cache.withLock { cache in
            if cache.revision != revision { cache = Cache(revision: revision, members: open()) }
            return cache.members.map { $0[key.description] }
        }
    }

    private func open() -> Result<[String: [UInt8]], Loss> {
        guard let sealed = text.withUnsafeBytes({ SealedText($0) }) else { return .failure(.unreadable) }
        let name = sealed.keyName(of: node)
        // Also while the key is still there: it was asked for.
        if ring.isEnded(name, id) { return .failure(.ended) }
        guard case .plain(let bytes) = ring.open(sealed, node: node, id: id, kind: kind.description),
            let members = bytes.withUnsafeBytes({ try? SealedObject.members($0) })
        else { return .failure(.unreadable) }
        return .success(members)
    }

    /// The members of a flat object in canonical JSON.
    private static func members(_ bytes: UnsafeRawBufferPointer) throws -> [String: [UInt8]] {
        var (scanner, members) = (JSONScanner(bytes), [String: [UInt8]]())
        guard scanner.take("{") else { throw scanner.malformed() }
        repeat {
            let key = try scanner.string()
            guard scanner.take(":") else { throw scanner.malformed() }
            let start = scanner.position
            _ = try scanner.value()
            members[key] = Array(bytes[start..<scanner.position])
        } while scanner.take(",")
        guard scanner.take("}"), scanner.isAtEnd else { throw scanner.malformed() }
        return members
    }
}
