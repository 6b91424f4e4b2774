import Journal
import Synchronization

/// An index of opened particulars. Not a part of the state: it is made when it is asked for first, and again after a
/// change of the keys; the one owner of a state keeps it up to date in between.
struct OpenedIndex<Content: Sendable>: Sendable {
    private final class Cache: Sendable { let made = Mutex<(revision: Int, content: Content)?>(nil) }

    private var cache = Cache()

    /// The content as it is, or as `make` makes it.
    func content(_ ring: KeyRing, _ make: () -> Content) -> Content {
        let revision = ring.revision
        return cache.made.withLock { made in
            if let made, made.revision == revision { return made.content }
            let content = make()
            made = (revision, content)
            return content
        }
    }

    /// Changes the content, if it was made already. Copies of the state have theirs made anew.
    mutating func update(_ change: (inout Content) -> Void) {
        guard isKnownUniquelyReferenced(&cache) else { return cache = Cache() }
        cache.made.withLock { made in
            guard var last = made else { return }
            made = nil
            change(&last.content)
            made = last
        }
    }
}
