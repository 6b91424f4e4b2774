/// Elements in the order in which they came, in chunks: while a copy is kept, a change copies one chunk, not all.
///
/// Registers of the state are such: a ``Timeline`` keeps copies of the whole state, which share all that did not change.
public struct Chunks<Element: Sendable>: RandomAccessCollection, Sendable {
    private var chunks: [[Element]] = []
    public private(set) var endIndex = 0

    private static var chunkBits: Int { 8 }
    private static var chunkSize: Int { 1 << chunkBits }

    public var startIndex: Int { 0 }

    public subscript(index: Int) -> Element {
        chunks[index >> Chunks.chunkBits][index & (Chunks.chunkSize - 1)]
    }

    /// Goes from chunk to chunk; an index would be checked for each element.
    public struct Iterator: IteratorProtocol {
        private var chunks: IndexingIterator<[[Element]]>
        private var chunk: IndexingIterator<[Element]>

        fileprivate init(_ chunks: [[Element]]) {
            (self.chunks, chunk) = (chunks.makeIterator(), [].makeIterator())
        }

        public mutating func next() -> Element? {
            while true {
                if let element = chunk.next() { return element }
                guard let following = chunks.next() else { return nil }
                chunk = following.makeIterator()
            }
        }
    }

    public func makeIterator() -> Iterator { Iterator(chunks) }

    mutating func append(_ element: Element) {
        if endIndex & (Chunks.chunkSize - 1) == 0 {
            chunks.append([])
            chunks[chunks.count - 1].reserveCapacity(Chunks.chunkSize)
        }
        chunks[chunks.count - 1].append(element)
        endIndex += 1
    }

    @inline(__always)
    mutating func change(_ index: Int, _ body: (inout Element) -> Void) {
        body(&chunks[index >> Chunks.chunkBits][index & (Chunks.chunkSize - 1)])
    }
}
