import Glibc

extension Disk {
    /// The first offset in a range at which two open files differ, or at which only one has ended; `nil` if there is
    /// none. `progress` gets the bytes compared in each step, and stops by returning `false`; then the result is `nil`.
    func firstDifference(
        of a: Int32, and b: Int32, in range: Range<Int>, progress: (Int) -> Bool = { _ in true }
    ) throws -> Int? {
        var place = range.lowerBound
        while place < range.upperBound {
            let count = min(range.upperBound - place, 1 << 20)
            let (x, y) = (try bytes(of: a, from: place, count: count), try bytes(of: b, from: place, count: count))
            let common = min(x.count, y.count)
            let isEqual = x.withUnsafeBytes { x in
                y.withUnsafeBytes { y in
                    guard let x = x.baseAddress, let y = y.baseAddress else { return common == 0 }
                    return memcmp(x, y, common) == 0
                }
            }
            if !isEqual || common < count {
                return place + (zip(x, y).enumerated().first { $1.0 != $1.1 }?.offset ?? common)
            }
            place += count
            if !progress(count) { return nil }
        }
        return nil
    }
}
