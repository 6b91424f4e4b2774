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
        /// The JSON text of the object, as it was sealed: a list may open all records of an estate, so that a table of
        /// the members of each would take many times its memory.
        var text: Result<[UInt8], Loss> = .failure(.unreadable)
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

    /// What `read` makes of the JSON text of a member; `nil` if the fact had no such value.
    func member<Value>(_ key: StaticString, _ read: (UnsafeRawBufferPointer) -> Value?) -> Result<Value?, Loss> {
        let revision = ring.revision
        let text = cache.withLock { cache in
            if cache.revision != revision { cache = Cache(revision: revision, text: open()) }
            return cache.text
        }
        return text.map { $0.withUnsafeBytes { SealedObject.member(key, of: $0).flatMap(read) } }
    }

    private func open() -> Result<[UInt8], Loss> {
        guard let sealed = text.withUnsafeBytes({ SealedText($0) }) else { return .failure(.unreadable) }
        let name = sealed.keyName(of: node)
        // Also while the key is still there: it was asked for.
        if ring.isEnded(name, id) { return .failure(.ended) }
        guard case .plain(let bytes) = ring.open(sealed, node: node, id: id, kind: kind.description),
            bytes.withUnsafeBytes(SealedObject.isFlatObject)
        else { return .failure(.unreadable) }
        return .success(bytes)
    }

    /// The JSON text of a member of a flat object in canonical JSON; `nil` if it has none.
    private static func member(_ key: StaticString, of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        var scanner = JSONScanner(bytes)
        guard scanner.take("{") else { return nil }
        repeat {
            if scanner.takeKey(key) {
                let start = scanner.position
                return skipsValue(&scanner) ? UnsafeRawBufferPointer(rebasing: bytes[start..<scanner.position]) : nil
            }
            guard skipsKey(&scanner), skipsValue(&scanner) else { return nil }
        } while scanner.take(",")
        return nil
    }

    private static func isFlatObject(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var scanner = JSONScanner(bytes)
        guard scanner.take("{") else { return false }
        repeat { guard skipsKey(&scanner), skipsValue(&scanner) else { return false } } while scanner.take(",")
        return scanner.take("}") && scanner.isAtEnd
    }

    private static func skipsKey(_ scanner: inout JSONScanner) -> Bool {
        (try? scanner.string()) != nil && scanner.take(":")
    }

    /// Most values are strings without escapes, which need not be built.
    private static func skipsValue(_ scanner: inout JSONScanner) -> Bool {
        var plain = scanner
        if (try? plain.plain()) != nil {
            scanner = plain
            return true
        }
        return (try? scanner.value()) != nil
    }
}
