/// The process that has a lock for which others wait.
public struct LockHolder: Equatable, Sendable {
    public let process: Int32
    /// The program's name, of at most 15 bytes; empty if it is not known.
    public let program: String

    public init(process: Int32, program: String) { (self.process, self.program) = (process, program) }

    /// The process that has the exclusive `flock` of a file, by the text of `/proc/locks`:
    ///
    ///     1: FLOCK  ADVISORY  WRITE 3547 08:02:131186 0 EOF
    ///
    /// A waiting process has `->` before `FLOCK`. Some file systems show there another device than `stat` does; then the
    /// inode alone decides.
    static func process(in locks: String, inode: UInt64, device: UInt64) -> Int32? {
        // The numbers as glibc's makedev packs them.
        let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
        let minor = device & 0xFF | device >> 12 & ~0xFF
        var (exact, other): (Int32?, Int32?)
        for line in locks.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 5, words[1] == "FLOCK", words[3] == "WRITE", let process = Int32(words[4]), process > 0
            else { continue }
            let place = words[5].split(separator: ":")
            guard place.count == 3, UInt64(place[2]) == inode else { continue }
            if UInt64(place[0], radix: 16) == major, UInt64(place[1], radix: 16) == minor {
                exact = process
            } else {
                other = process
            }
        }
        return exact ?? other
    }
}
