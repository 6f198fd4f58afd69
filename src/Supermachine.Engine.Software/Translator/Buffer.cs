namespace Supermachine.Engine.Software;

/// <summary>
/// What the translator notes down for the end of a block. The framework's list would be compiled at run time, and first without
/// optimization: a ready-to-run image holds no code of another assembly's generic types. Not thread-safe.
/// </summary>
internal sealed class Buffer<T>
    where T : struct
{
    private T[] _items = new T[32];

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public void Add(in T item)
    {
        if (Count == _items.Length) Array.Resize(ref _items, 2 * Count);
        _items[Count++] = item;
    }

    public void Clear() => Count = 0;
}
