export default function NoNotice() {
  return (
    <div className="flex flex-col gap-3">
      <h1 className="text-xl font-semibold tracking-tight text-balance">This link does not work</h1>
      <p className="text-md text-muted-foreground">
        It may be cut off, or its time may be over. Ask whoever sent it to you for a new one.
      </p>
    </div>
  );
}
